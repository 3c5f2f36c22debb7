// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The text of a {@code mailman.cfg}: sections, each with its settings. Not thread-safe. */
final class MailmanConfiguration {
    private static final String HOST = "127.0.0.1";

    /** Nobody listens there. */
    private static final String DISCARD_PORT = "9";

    private final Map<String, Map<String, String>> sections = new LinkedHashMap<>();

    /**
     * What every private Mailman needs, its SQLite database included.
     *
     * @param runners those to start, the others stay off
     * @param restPort where REST is to listen, on 127.0.0.1
     * @param lmtpPort where LMTP is to listen, whoever speaks it, on 127.0.0.1
     */
    static MailmanConfiguration privateTo(MailmanSite site, Set<Runner> runners, int restPort, int lmtpPort) {
        MailmanConfiguration configuration = new MailmanConfiguration()
                .set("mailman", "layout", "x")
                .set("mailman", "site_owner", "site-owner@example.org")
                .set("paths.x", "var_dir", site.varDirectory().toString())
                .set("paths.x", "bin_dir", MailmanSite.programs().toString())
                // Seconds. By default Python's sqlite3 waits for five; on a busy machine another process of Mailman's
                // may hold the lock longer, and then the runner shunts what it has in hand.
                .set("database", "url", "sqlite:///" + site.databaseFile() + "?timeout=60")
                .set("webservice", "hostname", HOST)
                .set("webservice", "port", Integer.toString(restPort))
                .set("webservice", "admin_user", MailmanRest.USER)
                .set("webservice", "admin_pass", MailmanRest.PASSWORD)
                .set("webservice", "workers", "1")
                .set("mta", "incoming", "mailman.mta.null.NullMTA")
                .set("mta", "configuration", site.postfixConfigurationFile().toString())
                .set("mta", "smtp_host", HOST)
                .set("mta", "smtp_port", DISCARD_PORT)
                .set("mta", "lmtp_host", HOST)
                .set("mta", "lmtp_port", Integer.toString(lmtpPort));
        for (Runner runner : Runner.values()) {
            configuration.set("runner." + runner.key(), "start", runners.contains(runner) ? "yes" : "no");
            configuration.set("runner." + runner.key(), "sleep_time", "0.1s");
        }
        return configuration;
    }

    /** Sets a value, whether or not there was another. */
    MailmanConfiguration set(String section, String key, String value) {
        sections.computeIfAbsent(section, name -> new LinkedHashMap<>()).put(key, value);
        return this;
    }

    /** Sets all that another configuration sets. */
    MailmanConfiguration overriddenBy(MailmanConfiguration other) {
        other.sections.forEach((section, settings) -> settings.forEach((key, value) -> set(section, key, value)));
        return this;
    }

    /** The file. Further lines of a value are indented, as the format wants. */
    String text() {
        StringBuilder text = new StringBuilder();
        sections.forEach((section, settings) -> {
            text.append('[').append(section).append("]\n");
            settings.forEach((key, value) -> text.append(key)
                    .append(": ")
                    .append(value.strip().replace("\n", "\n    "))
                    .append('\n'));
            text.append('\n');
        });
        return text.toString();
    }
}

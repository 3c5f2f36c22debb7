// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The configuration files of a private Postfix. Sources: postconf(5), master(5). Stateless. */
final class PostfixConfiguration {
    private static final String SERVICES = """
            pickup unix n - n 60 1 pickup
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 300 1 qmgr
            rewrite unix - - n - - trivial-rewrite
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            verify unix - - n - 1 verify
            flush unix n - n 1000? 0 flush
            proxymap unix - - n - - proxymap
            smtp unix - - n - - smtp
            relay unix - - n - - smtp
            showq unix n - n - - showq
            error unix - - n - - error
            retry unix - - n - - error
            discard unix - - n - - discard
            lmtp unix - - n - - lmtp
            anvil unix - - n - 1 anvil
            scache unix - - n - 1 scache
            postlog unix-dgram n - n - 1 postlogd
            """;

    private PostfixConfiguration() {}

    /** {@code master.cf}: no chroot, one SMTP listener, and more services. */
    static String master(int smtpPort, List<String> more) {
        return "127.0.0.1:" + smtpPort + " inet n - n - - smtpd\n" + SERVICES + String.join("\n", more) + "\n";
    }

    /** {@code main.cf}: this machine may send anywhere, nothing is local, DNS is never asked. */
    static Map<String, String> main(Path directory, List<String> relayDomains) {
        Map<String, String> main = new LinkedHashMap<>();
        main.put("compatibility_level", "3.6");
        main.put("queue_directory", directory.resolve("queue").toString());
        main.put("data_directory", directory.resolve("data").toString());
        main.put("maillog_file", directory.resolve("maillog").toString());
        main.put("maillog_file_prefixes", directory.toString());
        main.put("myhostname", "mta.example.org");
        main.put("mydestination", "");
        main.put("mynetworks", "127.0.0.0/8");
        main.put("inet_interfaces", "127.0.0.1");
        main.put("inet_protocols", "ipv4");
        main.put("local_recipient_maps", "");
        main.put("alias_maps", "");
        main.put("alias_database", "");
        main.put("relay_domains", String.join(", ", relayDomains));
        main.put("relay_recipient_maps", "");
        main.put("append_dot_mydomain", "no");
        main.put("smtp_dns_support_level", "disabled");
        main.put("smtp_host_lookup", "native");
        main.put("lmtp_host_lookup", "native");
        main.put("queue_run_delay", "2s");
        main.put("minimal_backoff_time", "2s");
        main.put("maximal_backoff_time", "2s");
        return main;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.nio.file.Path;

/** Mailman's own code with a database of its own, for whoever stands on this module. */
public final class MailmanSiteFixture implements AutoCloseable {
    private final MailmanSite mailman;

    private MailmanSiteFixture(MailmanSite mailman) {
        this.mailman = mailman;
    }

    /** Starts a Mailman without lists and domains below a folder, which is empty. */
    public static MailmanSiteFixture start(Path below) {
        return new MailmanSiteFixture(MailmanSite.start(below));
    }

    /** The same over another database, by the section {@code [database]} of {@code mailman.cfg}. */
    public static MailmanSiteFixture start(Path below, String databaseSection) {
        return new MailmanSiteFixture(MailmanSite.start(below, databaseSection));
    }

    /** Runs a program in Mailman, with what {@code mailman-site.py} defines, and commits. */
    public void run(String program) {
        mailman.run(program);
    }

    /** Where its SQLite database is, as a JDBC URL. */
    public String jdbcUrl() {
        return mailman.jdbcUrl();
    }

    @Override
    public void close() {
        mailman.close();
    }
}

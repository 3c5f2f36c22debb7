// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.directory;

import java.nio.file.Path;
import org.jamesmailman.mailman.directory.MailmanSiteFixture;
import org.jamesmailman.testing.PrivatePostgres;

/** A database of the benchmark's own for a real Mailman, and its URL, by which the source is chosen. */
interface SiteDatabase extends AutoCloseable {
    /** Mailman's own code over the database, below an empty folder. */
    MailmanSiteFixture startMailman(Path below);

    /** The URL, once Mailman has been started. */
    String url();

    @Override
    void close();

    /** A database by the name of its kind. */
    static SiteDatabase named(String kind) {
        return switch (kind) {
            case "sqlite" -> new Sqlite();
            case "postgresql" -> new Postgresql();
            default -> throw new IllegalArgumentException("--source is sqlite or postgresql, not " + kind);
        };
    }

    /** A file of Mailman's. */
    final class Sqlite implements SiteDatabase {
        private String url = "";

        @Override
        public MailmanSiteFixture startMailman(Path below) {
            MailmanSiteFixture mailman = MailmanSiteFixture.start(below);
            url = mailman.jdbcUrl();
            return mailman;
        }

        @Override
        public String url() {
            return url;
        }

        @Override
        public void close() {
            // The file goes with its folder.
        }
    }

    /** A server as the tests start it, with little memory and without fsync. */
    final class Postgresql implements SiteDatabase {
        private static final String NAME = "mailman";

        private final PrivatePostgres server = PrivatePostgres.start();

        @Override
        public MailmanSiteFixture startMailman(Path below) {
            server.createDatabase(NAME, NAME);
            return MailmanSiteFixture.start(below, """
                    [database]
                    class: mailman.database.postgresql.PostgreSQLDatabase
                    url: %s
                    """.formatted(url()));
        }

        @Override
        public String url() {
            return "postgresql+psycopg2://" + NAME + ':' + NAME + "@127.0.0.1:" + server.port() + '/' + NAME;
        }

        @Override
        public void close() {
            server.close();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.directory;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jamesmailman.mailman.directory.DatabaseSource;
import org.jamesmailman.mailman.directory.DirectoryException;
import org.jamesmailman.mailman.directory.DirectorySource;
import org.jamesmailman.mailman.directory.ListSettings;
import org.jamesmailman.mailman.directory.MailmanSiteFixture;
import org.jamesmailman.mailman.directory.rest.RestAccess;
import org.jamesmailman.mailman.directory.rest.RestSource;
import org.jamesmailman.testing.MailmanRest;
import org.jamesmailman.testing.PrivateMailman;
import org.jamesmailman.testing.PrivatePostgres;

/** A database of the benchmark's own for a real Mailman, and a URL by which {@link #source} is chosen. */
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
            case "rest" -> new Rest();
            default -> throw new IllegalArgumentException("--source is sqlite, postgresql or rest, not " + kind);
        };
    }

    /** A source by the URL of a database of this kind. */
    static DirectorySource source(String url) throws DirectoryException {
        if (!url.startsWith("http:")) {
            return DatabaseSource.of(url);
        }
        URI uri = URI.create(url);
        String[] credentials = uri.getUserInfo().split(":", 2);
        return new RestSource(
                new RestAccess(
                        URI.create("http://" + uri.getHost() + ':' + uri.getPort()), credentials[0], credentials[1]),
                Optional.of(ListSettings.DEFAULT_POSTING_CHAIN));
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

    /** A file of Mailman's, and a Mailman whose REST API serves it. */
    final class Rest implements SiteDatabase {
        private Optional<PrivateMailman> api = Optional.empty();

        @Override
        public MailmanSiteFixture startMailman(Path below) {
            MailmanSiteFixture mailman = MailmanSiteFixture.start(below);
            api = Optional.of(PrivateMailman.builder()
                    .database(mailman.jdbcUrl().replace("jdbc:sqlite:", "sqlite:///"))
                    .start());
            return mailman;
        }

        @Override
        public String url() {
            MailmanRest rest = api.orElseThrow().rest();
            return "http://" + rest.user() + ':' + rest.password() + "@127.0.0.1:" + rest.port();
        }

        @Override
        public void close() {
            api.ifPresent(PrivateMailman::close);
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

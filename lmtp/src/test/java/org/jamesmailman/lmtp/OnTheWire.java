// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import java.nio.file.Path;
import org.jamesmailman.mailman.delivery.SiteFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the tests that talk to a real server share: the site, the mailets, one server and one client. */
abstract class OnTheWire {
    /** A message that has nothing wrong with it. */
    static final String MESSAGE = "From: anne@example.com\r\nSubject: honey\r\n\r\nis sweet\r\n";

    @TempDir
    Path root;

    SiteFixture site;
    MailetsFixture mailets;
    LmtpServerFixture server;
    RawClient client;

    @BeforeEach
    final void setUp() {
        site = SiteFixture.in(root);
        mailets = new MailetsFixture(site);
        server = configure(another()).start();
        client = server.greeted();
    }

    @AfterEach
    final void tearDown() {
        client.close();
        server.close();
    }

    /** What is special about the server of a test class. */
    LmtpServerFixture configure(LmtpServerFixture plain) {
        return plain;
    }

    /** Replaces the server by one that is set up otherwise, and the client by one of it. */
    void restart(LmtpServerFixture other) {
        tearDown();
        server = other.start();
        client = server.greeted();
    }

    LmtpServerFixture another() {
        return new LmtpServerFixture(site, mailets);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jamesmailman.mailman.configuration.SiteSettings;
import org.jamesmailman.mailman.directory.ListFixture;
import org.jamesmailman.mailman.directory.SnapshotFixture;
import org.jamesmailman.mailman.message.Senders;

/** Posts for the tests of single rules. */
final class PostFixture {
    static final String ANNE = "anne@example.net";
    static final String BART = "bart@example.net";
    static final String CRIS = "cris@example.net";

    private PostFixture() {}

    /** A list on which nothing is special. */
    static ListFixture ant() {
        return new ListFixture("ant@example.com");
    }

    static Post post(ListFixture list, String... senders) {
        return post(new SnapshotFixture(), list, senders);
    }

    static Post post(SnapshotFixture snapshot, ListFixture list, String... senders) {
        return post(snapshot, list, MessageFixture.message("\r\nHello.\r\n", ""), List.of(senders));
    }

    /** A message from Anne, ISO-8859-1. */
    static Post postOf(String content, ListFixture list) {
        return post(new SnapshotFixture(), list, MessageFixture.message(content, ANNE), List.of(ANNE));
    }

    private static Post post(SnapshotFixture snapshot, ListFixture list, PostedMessage message, List<String> senders) {
        try {
            return new Post(
                    SiteSettings.DEFAULTS,
                    snapshot.withList(list),
                    list.build(),
                    message,
                    message.analysis(),
                    new Senders.Known(senders));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

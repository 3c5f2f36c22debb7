// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jamesmailman.mailman.address.Destination;
import org.jamesmailman.mailman.address.Subaddress;
import org.jamesmailman.mailman.configuration.SiteSettings;
import org.jamesmailman.mailman.directory.Directory;
import org.jamesmailman.mailman.directory.ListFixture;
import org.jamesmailman.mailman.directory.ModerationAction;
import org.jamesmailman.mailman.directory.OutdatedDirectoryFixture;
import org.jamesmailman.mailman.directory.Snapshot;
import org.jamesmailman.mailman.directory.SnapshotFixture;
import org.jamesmailman.mailman.message.HeapMessage;
import org.jamesmailman.mailman.message.MimeAnalyzer;
import org.jamesmailman.mailman.message.WireMessage;
import org.jamesmailman.mailman.policy.PostingPolicy;
import org.jamesmailman.mailman.verdict.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PostingVerdictsTest {
    private static final WireMessage FROM_ANNE =
            new HeapMessage("From: anne@example.net\r\n\r\nHello.\r\n".getBytes(StandardCharsets.US_ASCII));

    private final Snapshot closed = new SnapshotFixture()
            .withList(new ListFixture("ant@example.com").defaultNonmemberAction(ModerationAction.REJECT));

    @Test
    void judgesAPost() throws Exception {
        assertThat(verdict(Optional.of(closed), delivery(Optional.empty(), FROM_ANNE)))
                .containsInstanceOf(Verdict.Reject.class);
    }

    @Test
    void leavesToMailmanWhatItWouldRefuseForWhatIsTooOld() throws Exception {
        for (ModerationAction action : List.of(ModerationAction.REJECT, ModerationAction.DISCARD)) {
            Snapshot refusing =
                    new SnapshotFixture().withList(new ListFixture("ant@example.com").defaultNonmemberAction(action));
            assertThat(verdict(new OutdatedDirectoryFixture(refusing), delivery(Optional.empty(), FROM_ANNE)))
                    .containsInstanceOf(Verdict.CannotTell.class);
        }
        Snapshot holding = new SnapshotFixture()
                .withList(new ListFixture("ant@example.com").defaultNonmemberAction(ModerationAction.HOLD));
        assertThat(verdict(new OutdatedDirectoryFixture(holding), delivery(Optional.empty(), FROM_ANNE)))
                .containsInstanceOf(Verdict.Accept.class);
    }

    @ParameterizedTest
    @EnumSource(Subaddress.class)
    void judgesNothingElse(Subaddress subaddress) throws Exception {
        assertThat(verdict(Optional.of(closed), delivery(Optional.of(subaddress), FROM_ANNE)))
                .isEmpty();
    }

    @Test
    void judgesNothingWhenTheListHasGoneSinceRcpt() throws Exception {
        assertThat(verdict(Optional.of(new SnapshotFixture()), delivery(Optional.empty(), FROM_ANNE)))
                .isEmpty();
        assertThat(verdict(Optional.empty(), delivery(Optional.empty(), FROM_ANNE)))
                .isEmpty();
    }

    @Test
    void failsWhenTheMessageCannotBeRead() {
        WireMessage unreadable = new WireMessage() {
            @Override
            public long size() {
                return 100;
            }

            @Override
            public InputStream openStream() throws IOException {
                throw new IOException("Input/output error");
            }
        };
        assertThatThrownBy(() -> verdict(Optional.of(closed), delivery(Optional.empty(), unreadable)))
                .isInstanceOf(IOException.class);
    }

    private static Optional<Verdict> verdict(Optional<Snapshot> snapshot, Delivery delivery) throws IOException {
        return verdict((Directory) () -> snapshot, delivery);
    }

    private static Optional<Verdict> verdict(Directory directory, Delivery delivery) throws IOException {
        return new PostingVerdicts(directory, new PostingPolicy(SiteSettings.DEFAULTS)).of(delivery);
    }

    private static Delivery delivery(Optional<Subaddress> subaddress, WireMessage message) {
        Destination destination = new Destination("ant.example.com", "ant@example.com", subaddress);
        Transaction transaction =
                new Transaction("anne@example.net", message, new MimeAnalyzer(), Instant.EPOCH, "example.com");
        return new Delivery(transaction, "ant@example.com", destination, new VerdictSink());
    }
}

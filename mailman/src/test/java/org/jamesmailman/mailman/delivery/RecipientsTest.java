// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jamesmailman.mailman.address.RecipientResolver;
import org.jamesmailman.mailman.address.Resolution;
import org.jamesmailman.mailman.directory.OutdatedDirectoryFixture;
import org.jamesmailman.mailman.directory.Snapshot;
import org.jamesmailman.mailman.directory.SnapshotFixture;
import org.junit.jupiter.api.Test;

class RecipientsTest {
    private final AtomicReference<Optional<Snapshot>> newest = new AtomicReference<>(Optional.empty());
    private final Recipients recipients = new Recipients(new RecipientResolver("+"), newest::get);

    @Test
    void saysThatNothingIsKnownUntilThereIsASnapshot() {
        assertThat(recipients.resolve("ant@example.com")).isInstanceOf(Resolution.NothingKnownYet.class);
        assertThat(recipients.resolve("nonsense"))
                .as("so that no address is refused for good meanwhile")
                .isInstanceOf(Resolution.NothingKnownYet.class);
    }

    @Test
    void asksTheNewestSnapshot() {
        newest.set(Optional.of(new SnapshotFixture().withDomain("example.com")));
        assertThat(recipients.resolve("ant@example.com")).isInstanceOf(Resolution.NoSuchList.class);
        newest.set(Optional.of(new SnapshotFixture().withList("ant@example.com")));
        assertThat(recipients.resolve("Ant-owner@example.com")).isInstanceOf(Resolution.Found.class);
    }

    @Test
    void refusesNoAddressForWhatIsTooOldToRefuseFor() {
        Recipients uncertain = new Recipients(
                new RecipientResolver("+"),
                new OutdatedDirectoryFixture(new SnapshotFixture().withList("ant@example.com")));
        assertThat(uncertain.resolve("ant@example.com")).isInstanceOf(Resolution.Found.class);
        assertThat(uncertain.resolve("bee@example.com")).isInstanceOf(Resolution.NothingKnownYet.class);
        assertThat(uncertain.resolve("bee@example.org")).isInstanceOf(Resolution.NothingKnownYet.class);
        assertThat(uncertain.resolve("nonsense"))
                .as("no list could have it, whatever has changed")
                .isInstanceOf(Resolution.Malformed.class);
    }
}

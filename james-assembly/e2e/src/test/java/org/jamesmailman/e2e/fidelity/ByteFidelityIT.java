// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e.fidelity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jamesmailman.e2e.PrivateJames;
import org.jamesmailman.testing.property.Cuts;
import org.jamesmailman.testing.property.SettableSeed;
import org.jamesmailman.testing.property.SmtpMessages;

/**
 * What was sent over the wire is what Mailman loads from its queues: whatever the octets, wherever the network cuts
 * them, for one recipient and for several, message after message on one connection.
 */
@AddLifecycleHook(SettableSeed.class)
class ByteFidelityIT {
    /** {@code message.max-size}, as it is when nobody sets it. */
    private static final int MAX_SIZE = 32 * 1024 * 1024;

    private static PrivateJames james;
    private static Courier courier;

    @BeforeContainer
    static void start() {
        // Messages of a few octets are made more than once.
        james = PrivateJames.builder()
                .setting("queue.retransmit-window", "0")
                .asMailman()
                .start();
        courier = new Courier(james);
    }

    @AfterContainer
    static void stop() {
        courier.close();
        james.close();
    }

    @Property(tries = 120)
    void queuesWhatWasSent(
            @ForAll("messages") byte[] message,
            @ForAll("recipients") List<String> recipients,
            @ForAll Courier.Manner manner,
            @ForAll("cuts") Cuts cuts) {
        Courier.Delivery delivery = courier.deliver(message, recipients, manner, cuts);

        assertQueued(delivery, recipients.size());
        assertThat(delivery.repliedNames()).containsExactlyInAnyOrderElementsOf(delivery.names());
    }

    /** A header of any octets is malformed as often as not. */
    @Property(tries = 60)
    void queuesWhatWasSentOrRefusesItForAll(
            @ForAll("octets") byte[] message,
            @ForAll("recipients") List<String> recipients,
            @ForAll Courier.Manner manner,
            @ForAll("cuts") Cuts cuts) {
        Courier.Delivery delivery = courier.deliver(message, recipients, manner, cuts);

        assertThat(delivery.replies()).hasSize(recipients.size());
        if (delivery.replies().get(0).startsWith("250")) {
            assertQueued(delivery, recipients.size());
        } else {
            assertThat(delivery.replies()).allMatch(reply -> reply.startsWith("554 5.6.0 "));
            assertThat(delivery.entries()).isEmpty();
        }
    }

    @Property(tries = 6)
    void queuesLargeMessagesWithLinesOfAMegabyte(
            @ForAll("largeMessages") byte[] message,
            @ForAll("recipients") List<String> recipients,
            @ForAll Courier.Manner manner,
            @ForAll("cuts") Cuts cuts) {
        Courier.Delivery delivery = courier.deliver(message, recipients, manner, cuts);

        assertQueued(delivery, recipients.size());
    }

    @Example
    void queuesTheLargestMessageThatThereMayBe() {
        byte[] message = SmtpMessages.exactly(MAX_SIZE, 1);
        Courier.Delivery delivery = courier.deliver(
                message, List.of(Courier.OWNERS), Courier.Manner.STEP_BY_STEP, new Cuts(List.of(), 0, false));

        assertQueued(delivery, 1);
    }

    private static void assertQueued(Courier.Delivery delivery, int recipients) {
        assertThat(delivery.replies()).hasSize(recipients).allMatch(reply -> reply.startsWith("250 2.0.0 "));
        assertThat(delivery.entries()).hasSize(recipients).allMatch(Courier.Entry::isAsSent);
    }

    @Provide
    Arbitrary<byte[]> messages() {
        return SmtpMessages.wellFormed();
    }

    @Provide
    Arbitrary<byte[]> octets() {
        return SmtpMessages.octets();
    }

    @Provide
    Arbitrary<byte[]> largeMessages() {
        return SmtpMessages.ofSize(300_000, 3_000_000);
    }

    @Provide
    Arbitrary<List<String>> recipients() {
        return Arbitraries.of(
                        Courier.OWNERS, "ant-request@lists.example.com", "ant-bounces+a=b.example@lists.example.com")
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    @Provide
    Arbitrary<Cuts> cuts() {
        return Cuts.anywhere();
    }
}

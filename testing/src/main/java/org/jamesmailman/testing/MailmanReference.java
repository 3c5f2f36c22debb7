// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What Mailman's own LMTP runner makes of a message: its replies, and the entries that it leaves in the queues. They
 * stay there, because no runner takes them.
 *
 * <p>Not thread-safe.
 */
public final class MailmanReference {
    private final PrivateMailman mailman;

    /**
     * A reference over a running Mailman.
     *
     * @param mailman one with the LMTP runner, and without the runners {@code in}, {@code command} and {@code bounces}
     */
    public MailmanReference(PrivateMailman mailman) {
        this.mailman = mailman;
    }

    /**
     * Hands Mailman a message.
     *
     * @param reversePath empty for the null reverse-path
     * @param message with CRLF line ends; its dots not yet doubled
     */
    public Outcome deliver(String reversePath, List<String> recipients, byte[] message) {
        Set<QueuedEntry> before = new HashSet<>(mailman.site().entries());
        try (WireClient wire = WireClient.connect(mailman.lmtpPort())) {
            wire.expect("220").send("LHLO client.example.org").expect("250");
            wire.send("MAIL FROM:<" + reversePath + ">").expect("250");
            List<WireReply> atRcpt = new ArrayList<>();
            for (String recipient : recipients) {
                atRcpt.add(wire.send("RCPT TO:<" + recipient + ">").read());
            }
            int accepted = (int) atRcpt.stream().filter(WireReply::isAccepting).count();
            List<WireReply> afterData = accepted == 0 ? List.of() : hand(wire, message, accepted);
            List<QueuedEntry> entries = mailman.site().entries().stream()
                    .filter(entry -> !before.contains(entry))
                    .toList();
            return new Outcome(atRcpt, afterData, entries);
        }
    }

    /**
     * Mailman's runner replies once for each recipient only where it comes to look at each; when it refuses the message
     * itself, it replies once.
     */
    private static List<WireReply> hand(WireClient wire, byte[] message, int recipients) {
        List<WireReply> replies = new ArrayList<>();
        replies.add(wire.send("DATA").expect("354").sendMessage(message).read());
        int first = replies.get(0).code();
        if (first == 250 || first == 550) {
            replies.addAll(wire.read(recipients - 1));
        }
        return replies;
    }

    /**
     * How a message fared.
     *
     * @param atRcpt a reply for each recipient
     * @param afterData a reply for each recipient that was accepted at RCPT; a single one when the message was refused
     * @param entries in the order of the recipients that were accepted
     */
    public record Outcome(List<WireReply> atRcpt, List<WireReply> afterData, List<QueuedEntry> entries) {
        public Outcome {
            atRcpt = List.copyOf(atRcpt);
            afterData = List.copyOf(afterData);
            entries = List.copyOf(entries);
        }
    }
}

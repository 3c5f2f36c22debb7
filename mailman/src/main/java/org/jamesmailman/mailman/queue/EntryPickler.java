// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import org.jamesmailman.mailman.address.Destination;
import org.jamesmailman.mailman.address.Subaddress;

/**
 * Pickles a queue entry: the message, then its metadata, equal when loaded to what Mailman's own LMTP runner would have
 * written for it.
 *
 * <p>The message is not a picture of a parsed message but a program that parses the wire's bytes when Mailman loads it,
 * and then does to the result, in the same order, what {@code handle_DATA} in Mailman's {@code runners/lmtp.py} does.
 * So Mailman's own parser decides what the message is, under whatever Python it runs. Never the opcode BUILD:
 * {@code Message.__setstate__} replaces the whole state.
 *
 * <p>Stateless and thread-safe.
 */
final class EntryPickler {
    /** {@code QFILE_SCHEMA_VERSION} of Mailman's {@code version.py}. */
    private static final int METADATA_VERSION = 3;

    /** How aiosmtpd, below Mailman's runner, writes the null reverse-path. */
    private static final String NULL_REVERSE_PATH = "<>";

    private static final int MESSAGE = 0;

    private final String siteOwner;

    /** @param siteOwner {@code [mailman] site_owner}, the sender of what goes out to a list's owners */
    EntryPickler(String siteOwner) {
        this.siteOwner = siteOwner;
    }

    /** The octets of the entry before the message's own. */
    ByteBuffer beforeMessage(QueueEntry entry) {
        return new Pickle()
                .start()
                .global("email", "message_from_bytes")
                .bytesHeader(entry.message().size())
                .toBuffer();
    }

    /** The octets of the entry after the message's own. */
    ByteBuffer afterMessage(QueueEntry entry) {
        Pickle pickle = new Pickle();
        String reversePath = entry.reversePath().isEmpty() ? NULL_REVERSE_PATH : entry.reversePath();
        int originalSize = Math.toIntExact(entry.message().size());
        parse(pickle);
        setAttribute(pickle, "_unixfrom");
        pickle.text(reversePath).tuple(3).call().pop();
        setMessageIdIfAbsent(pickle, entry.spareMessageId());
        setAttribute(pickle, "original_size");
        pickle.integer(originalSize).tuple(3).call().pop();
        pickle.global("mailman.utilities.email", "add_message_hash")
                .recall(MESSAGE)
                .tuple(1)
                .call()
                .pop();
        pickle.global("_operator", "setitem")
                .recall(MESSAGE)
                .text("X-MailFrom")
                .text(reversePath)
                .tuple(3)
                .call()
                .pop();
        pickle.stop();
        metadata(pickle, entry.destination(), originalSize, entry.receivedAt());
        return pickle.toBuffer();
    }

    private static void parse(Pickle pickle) {
        pickle.global("mailman.email.message", "Message").tuple(2).call().remember(MESSAGE);
    }

    private static void setAttribute(Pickle pickle, String name) {
        pickle.global("builtins", "setattr").recall(MESSAGE).text(name);
    }

    /**
     * {@code (setitem, getattr)['message-id' in message](message, 'Message-ID', id)}: pickles cannot branch, but False
     * and True are indexes, and {@code getattr} with a default changes nothing.
     */
    private static void setMessageIdIfAbsent(Pickle pickle, String messageId) {
        pickle.global("_operator", "getitem");
        pickle.global("_operator", "setitem").global("builtins", "getattr").tuple(2);
        pickle.global("_operator", "contains")
                .recall(MESSAGE)
                .text("message-id")
                .tuple(2)
                .call();
        pickle.tuple(2).call();
        pickle.recall(MESSAGE)
                .text("Message-ID")
                .text(messageId)
                .tuple(3)
                .call()
                .pop();
    }

    private void metadata(Pickle pickle, Destination destination, int originalSize, Instant receivedAt) {
        pickle.start().emptyDict().mark();
        pickle.text("listid").text(destination.listId());
        pickle.text("original_size").integer(originalSize);
        pickle.text("received_time");
        naiveUtc(pickle, receivedAt);
        if (destination.isPost()) {
            pickle.text("to_list").bool(true);
        }
        destination.subaddress().ifPresent(subaddress -> subaddressMetadata(pickle, subaddress));
        pickle.text("version").integer(METADATA_VERSION);
        pickle.text("_parsemsg").bool(false);
        pickle.setItems().stop();
    }

    private void subaddressMetadata(Pickle pickle, Subaddress subaddress) {
        pickle.text("subaddress").text(subaddress.canonicalName());
        if (subaddress == Subaddress.REQUEST) {
            pickle.text("to_request").bool(true);
        } else if (subaddress == Subaddress.OWNER) {
            pickle.text("to_owner").bool(true);
            pickle.text("envsender").text(siteOwner);
        }
    }

    private static void naiveUtc(Pickle pickle, Instant instant) {
        LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        pickle.global("datetime", "datetime").mark();
        pickle.integer(time.getYear()).integer(time.getMonthValue()).integer(time.getDayOfMonth());
        pickle.integer(time.getHour()).integer(time.getMinute()).integer(time.getSecond());
        pickle.integer(time.get(ChronoField.MICRO_OF_SECOND));
        pickle.tupleFromMark().call();
    }
}

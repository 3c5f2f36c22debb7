// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import java.util.List;
import java.util.Optional;
import org.jamesmailman.mailman.address.PathArgument;
import org.jamesmailman.mailman.verdict.Printable;
import org.jamesmailman.mailman.verdict.Reply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log what clients are told of messages: one line for each recipient. Addresses and replies are cut, and can
 * pass for nothing else in the line.
 */
final class ReplyLog {
    private static final Logger LOGGER = LoggerFactory.getLogger(ReplyLog.class);
    private static final int MAX_LENGTH = 500;

    private ReplyLog() {}

    /**
     * After DATA.
     *
     * @param size in octets, as far as the message has come
     * @param replies one for each recipient of the envelope
     */
    static void message(Envelope envelope, long size, List<Reply> replies) {
        List<Recipient> recipients = envelope.recipients();
        for (int i = 0; i < replies.size(); i++) {
            LOGGER.info(
                    "from=<{}> to=<{}> size={} reply=\"{}\"",
                    address(envelope.reversePath()),
                    address(recipients.get(i).address()),
                    size,
                    quoted(replies.get(i)));
        }
    }

    /** A refusal at RCPT. */
    static void recipient(Envelope envelope, String argument, Reply refusal) {
        LOGGER.info(
                "from=<{}> to=<{}> reply=\"{}\"",
                address(envelope.reversePath()),
                address(path("TO", argument)),
                quoted(refusal));
    }

    /** A refusal at MAIL. */
    static void sender(String argument, Reply refusal) {
        LOGGER.info("from=<{}> reply=\"{}\"", address(path("FROM", argument)), quoted(refusal));
    }

    /** The address, or else all that the client gave. */
    private static String path(String keyword, String argument) {
        Optional<String> given = Optional.ofNullable(argument);
        return given.flatMap(text -> PathArgument.parse(keyword, text))
                .map(PathArgument::address)
                .or(() -> given)
                .orElse("");
    }

    private static String address(String address) {
        return Printable.address(address, MAX_LENGTH);
    }

    private static String quoted(Reply reply) {
        return Printable.quoted(reply.toString(), MAX_LENGTH);
    }
}

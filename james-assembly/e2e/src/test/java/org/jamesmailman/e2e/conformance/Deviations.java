// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e.conformance;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The clauses that a server is known not to keep. Immutable once it is made. */
final class Deviations {
    private final Map<Clause, Deviation> deviations = new LinkedHashMap<>();

    private Deviations() {}

    /** Of our listener. */
    static Deviations ofOurs() {
        return ofOurHandlers();
    }

    /** What our handlers do on any listener. */
    private static Deviations ofOurHandlers() {
        return new Deviations()
                .with(
                        Rfc5321Paths.POSTMASTER,
                        "550 5.1.1, 501 5.1.3",
                        "It is the MTA in front that has a postmaster; Mailman has none.")
                .with(
                        Rfc5321Content.TRACE,
                        "From",
                        "Mailman is handed what its own runner would have made of the message, to the octet. The MTA in"
                                + " front has written its line.");
    }

    /** Of James's stock listener, with our handlers. */
    static Deviations ofStock() {
        String noTls = "Our handlers offer STARTTLS on our listener only.";
        return ofOurHandlers()
                .with(Rfc5321Commands.IDLE_CLIENT, "closed, closed", "It closes without a word, at twice the time.")
                .with(Rfc5321Commands.CLOSING_DOWN, "closed, closed", "It closes without a word.")
                .with(
                        Rfc5321Content.VERY_LONG_LINES,
                        "500, 250 2.0.0, queued changed",
                        "James drops a line of more than 8,192 octets: the message is damaged.")
                .with(Extensions.CODES_OF_LONG_LINES, "500", "James's framing answers, not our handlers.")
                .with(Extensions.TLS_ANNOUNCED, "not announced, 500 5.5.1", noTls)
                .with(Extensions.TLS_WITH_ARGUMENT, "500 5.5.1", noTls)
                .with(Extensions.TLS_FORGETS, "500 5.5.1", noTls)
                .with(Extensions.TLS_NOT_TWICE, "500 5.5.1", noTls)
                .with(
                        FactsOfStock.LONG_LINE,
                        "500, 250 2.0.0, queued changed",
                        "The extra reply is taken for the message's, the message is damaged.")
                .with(FactsOfStock.TOO_MANY_CONNECTIONS, "closed, closed", "It closes without a word.")
                .with(
                        FactsOfStock.SLOW_MAILETS,
                        "554 5.7.1",
                        "Mail is taken to the disk on the threads that serve connections. Here there is one of them, and"
                                + " another client got no greeting meanwhile.");
    }

    /** Of Mailman's LMTP runner: version 3.3.8, over aiosmtpd. */
    static Deviations ofMailman() {
        String noCodes = "It has no enhanced codes.";
        return new Deviations()
                .with(
                        Rfc2033.REPLIES_IN_ORDER,
                        "250, 250, 250",
                        "It judges no post before it is queued: the refusal is a mail of Mailman's to the sender.")
                .with(
                        Rfc2033.REFUSED_MESSAGE_FOR_EACH_RECIPIENT,
                        "501",
                        "One reply for all: the client waits for more.")
                .with(Rfc2033.PIPELINING, "not announced", "Commands sent ahead are read all the same.")
                .with(Rfc2033.ENHANCED_CODES, "not announced", noCodes)
                .with(Rfc5321Commands.LF_IS_NO_LINE_END, "250, 250, 500", "It takes a bare LF for a line's end.")
                .with(Rfc5321Commands.HELP, "250", "The code is that of other commands.")
                .with(Rfc5321Paths.NO_BRACKETS, "250, 250, 250", "It reads a path as if it stood in a header.")
                .with(Rfc5321Paths.BEHIND_THE_PATH, "555", "It is refused, as a parameter that it does not know.")
                .with(Rfc5321Paths.CONTROL_CHARACTERS, "250, 503, 503", "NUL is taken.")
                .with(Rfc5321Paths.POSTMASTER, "550, 550", "It is the MTA in front that has a postmaster.")
                .with(
                        Rfc5321Paths.LONG_COMMAND_LINE_OF_EXTENSIONS,
                        "500",
                        "Its limit for MAIL grows by the extensions that it announces, and no further.")
                .with(Rfc5321Content.TRACE, "From", "The MTA in front has written its line.")
                .with(
                        Extensions.SIZE_OF_MESSAGE,
                        "552, nothing queued",
                        "One reply for all: the client waits for more.")
                .with(Extensions.CODES_OF_SUCCESS, "250, 250, 250, 250, 221", noCodes)
                .with(Extensions.CODES_OF_ERRORS, "500, 503, 501, 555, 503, 500, 502, 250, 501", noCodes)
                .with(Extensions.CODES_OF_RECIPIENTS, "550, 550, 501, 555", noCodes)
                .with(Extensions.CODES_AFTER_DATA, "250, 250", noCodes)
                .with(Extensions.CODES_OF_LONG_LINES, "500", noCodes)
                .with(Extensions.NO_SMTPUTF8, "not announced, 501", "It is refused, by another code.")
                .with(FactsOfStock.TOO_BIG, "552, 250, nothing queued", "One reply for all: the client waits for more.")
                .with(
                        FactsOfStock.LONG_LINE,
                        "500, nothing queued",
                        "A line of more than 1,001 octets has the message refused.")
                .with(
                        FactsOfStock.BARE_LINE_FEED,
                        "250, queued changed",
                        "It takes a bare LF for a line's end, and in a message for content.")
                .with(FactsOfStock.ORDER_AND_PARAMETERS, "503, 250, 501, 555", "SMTPUTF8 is refused, by another code.");
    }

    /** What is known of a clause. */
    Optional<Deviation> of(Clause clause) {
        return Optional.ofNullable(deviations.get(clause));
    }

    private Deviations with(Clause clause, String seen, String why) {
        deviations.put(clause, new Deviation(seen, why));
        return this;
    }
}

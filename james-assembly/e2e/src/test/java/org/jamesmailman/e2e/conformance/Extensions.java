// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e.conformance;

import static org.jamesmailman.e2e.conformance.Talk.POST;
import static org.jamesmailman.e2e.conformance.Talk.bytes;
import static org.jamesmailman.e2e.conformance.Talk.connected;
import static org.jamesmailman.e2e.conformance.Talk.greeted;
import static org.jamesmailman.e2e.conformance.Talk.inMessage;
import static org.jamesmailman.e2e.conformance.Talk.inTransaction;
import static org.jamesmailman.e2e.conformance.Talk.post;
import static org.jamesmailman.e2e.conformance.Talk.rcpt;
import static org.jamesmailman.e2e.conformance.Talk.restricted;
import static org.jamesmailman.e2e.conformance.Talk.withRecipient;

/** The extensions of SMTP, announced or not. */
@SuppressWarnings("ImmutableEnumChecker") // Error Prone cannot see that a check has no state.
enum Extensions implements Clause {
    SIZE_ANNOUNCED("RFC 1870 4", "SIZE is announced", "announced", connected(talk -> talk.announces("SIZE"))),

    SIZE_WITHIN(
            "RFC 1870 6.1",
            "a declared size up to the limit is taken",
            "250.*",
            connected(talk -> talk.ask("MAIL FROM:<anne@example.com> SIZE=" + talk.announcedSize()))),

    SIZE_BEYOND(
            "RFC 1870 6.1",
            "a declared size beyond the limit is refused at MAIL by 552",
            "552.*, 552.*",
            connected(talk -> {
                long limit = talk.announcedSize();
                return talk.askEach(
                        "MAIL FROM:<anne@example.com> SIZE=" + (limit + 1),
                        "MAIL FROM:<anne@example.com> SIZE=99999999999999999999");
            })),

    SIZE_NO_NUMBER(
            "RFC 1870 4",
            "a declared size that is no number is a syntax error",
            "501.*, 501.*, 501.*",
            greeted(talk -> talk.askEach(
                    "MAIL FROM:<anne@example.com> SIZE=x",
                    "MAIL FROM:<anne@example.com> SIZE",
                    "MAIL FROM:<anne@example.com> SIZE=-1"))),

    SIZE_OF_MESSAGE(
            "RFC 1870 6.3",
            "a message that is larger than the limit is refused by 552 once for each recipient, and not queued",
            "552[^,]*, 552[^,]*, nothing queued",
            connected(talk -> {
                byte[] message = talk.postOf(talk.announcedSize() + 2);
                return talk.deliver(message, Site.OPEN, Site.OPEN) + ", "
                        + talk.site().queuedOf(message);
            })),

    SIZE_EXACT(
            "RFC 1870 5",
            "a message that is exactly as large as the limit is taken",
            "250.*, queued as sent",
            connected(talk -> {
                byte[] message = talk.postOf(talk.announcedSize());
                return talk.deliver(message, Site.OPEN) + ", " + talk.site().queuedOf(message);
            })),

    SIZE_TOO_SMALL(
            "RFC 1870 6.1",
            "a declared size is a promise, no limit: a larger message is taken, or refused as a whole",
            "(250.*, queued as sent|5\\d\\d.*, nothing queued)",
            greeted(talk -> {
                talk.said("MAIL FROM:<anne@example.com> SIZE=1")
                        .said(rcpt(Site.OPEN))
                        .said("DATA");
                return talk.message(bytes(POST)) + ", " + talk.site().queuedOf(bytes(POST));
            })),

    CODES_OF_SUCCESS(
            "RFC 2034 4",
            "each reply of 2xx has an enhanced code, but for the greeting and LHLO",
            enhanced(5),
            greeted(talk -> talk.askEach("MAIL FROM:<anne@example.com>", rcpt(Site.OPEN), "RSET", "NOOP", "QUIT"))),

    CODES_OF_ERRORS(
            "RFC 2034 4",
            "and so has each of 4xx and 5xx",
            enhanced(9),
            greeted(talk -> talk.askEach(
                    "XYZZY",
                    "DATA",
                    "MAIL",
                    "MAIL FROM:<anne@example.com> FOO",
                    rcpt(Site.OPEN),
                    "HELO x",
                    "EXPN " + Site.OPEN,
                    "HELP",
                    "LHLO"))),

    CODES_OF_RECIPIENTS(
            "RFC 2034 4",
            "and each that refuses a recipient",
            enhanced(4),
            inTransaction(talk -> talk.askEach(
                    rcpt(Site.UNKNOWN), "RCPT TO:<anne@elsewhere.example>", "RCPT", rcpt(Site.OPEN) + " FOO"))),

    CODES_AFTER_DATA(
            "RFC 2034 4",
            "and each after the message",
            enhanced(2),
            greeted(talk -> talk.deliver(bytes(POST), Site.CLOSED, Site.OPEN))),

    CODES_OF_LONG_LINES(
            "RFC 2034 4",
            "and that to a line which is too long",
            enhanced(1),
            greeted(talk -> talk.ask("NOOP " + "x".repeat(20_000)))),

    NO_CODE_IN_354(
            "RFC 2034 4", "there is no enhanced code of class 3", "354", withRecipient(talk -> talk.ask("DATA"))),

    PIPELINED_ENVELOPE(
            "RFC 2920 3.1",
            "an envelope in one piece is answered command by command, in order",
            "250[^,]*, 250[^,]*, 550[^,]*, 250[^,]*, 354",
            greeted(talk -> talk.send("MAIL FROM:<anne@example.com>\r\n" + rcpt(Site.OPEN) + "\r\n" + rcpt(Site.UNKNOWN)
                            + "\r\n" + rcpt(Site.CLOSED) + "\r\nDATA\r\n")
                    .replies(5))),

    PIPELINED_BEHIND_MESSAGE(
            "RFC 2920 3.1",
            "commands may follow the end of the message in one piece with it",
            "250[^,]*, 250[^,]*, 250[^,]*, 354",
            inMessage(
                    talk -> talk.send(POST + ".\r\nMAIL FROM:<bart@example.com>\r\n" + rcpt(Site.OPEN) + "\r\nDATA\r\n")
                            .replies(4))),

    PIPELINED_REFUSED_ENVELOPE(
            "RFC 2920 3.1",
            "when MAIL is refused, so is all that builds on it, and no message is awaited",
            "555[^,]*, 503[^,]*, 503[^,]*, 250.*",
            greeted(talk -> talk.send("MAIL FROM:<anne@example.com> FOO\r\n" + rcpt(Site.OPEN) + "\r\nDATA\r\nNOOP\r\n")
                    .replies(4))),

    PIPELINED_IN_PIECES(
            "RFC 2920 3.2",
            "commands are not told apart by packets",
            "250[^,]*, 250[^,]*, 250.*",
            greeted(talk -> talk.send("NO")
                    .send("OP\r")
                    .send("\nNOOP\r\nNO")
                    .send("OP\r\n")
                    .replies(3))),

    PIPELINED_INPUT_IS_KEPT(
            "RFC 2920 3.2",
            "what was sent ahead is not thrown away after an error",
            "500[^,]*, 503[^,]*, 250.*",
            greeted(talk -> talk.send("XYZZY\r\nDATA\r\nNOOP\r\n").replies(3))),

    PIPELINED_BEHIND_QUIT(
            "RFC 2920 3.1",
            "QUIT is the last that is answered",
            "250[^,]*, 221[^,]*, closed",
            greeted(talk -> talk.send("NOOP\r\nQUIT\r\nNOOP\r\n").replies(3))),

    BODY(
            "RFC 6152 2",
            "BODY=7BIT and BODY=8BITMIME are taken, in any case",
            "250.*, 250.*, 250.*",
            greeted(talk -> talk.askEach(
                    "MAIL FROM:<anne@example.com> BODY=7BIT", "RSET", "MAIL FROM:<anne@example.com> body=8BitMime"))),

    BODY_UNKNOWN(
            "RFC 6152 2",
            "another BODY is refused",
            "50[14].*, 50[14].*",
            greeted(talk ->
                    talk.askEach("MAIL FROM:<anne@example.com> BODY=9BIT", "MAIL FROM:<anne@example.com> BODY"))),

    EIGHT_BIT_KEPT("RFC 6152 3", "all octets over 127 are kept", "250.*, queued as sent", greeted(talk -> {
        StringBuilder octets = new StringBuilder();
        for (char octet = 128; octet < 256; octet++) {
            octets.append(octet);
        }
        byte[] message = post(octets + "\r\n");
        return talk.deliver(message, Site.OPEN) + ", " + talk.site().queuedOf(message);
    })),

    NO_CHUNKING(
            "RFC 3030 2",
            "CHUNKING is not announced, and BDAT is not known",
            "not announced, 50[02].*",
            connected(talk -> talk.announces("CHUNKING") + ", " + talk.ask("BDAT 1 LAST"))),

    NO_BINARY(
            "RFC 3030 3",
            "BINARYMIME is not announced, and refused",
            "not announced, 5\\d\\d.*",
            connected(talk ->
                    talk.announces("BINARYMIME") + ", " + talk.ask("MAIL FROM:<anne@example.com> BODY=BINARYMIME"))),

    NO_DSN(
            "RFC 3461 4",
            "DSN is not announced, and its parameters are refused",
            "not announced, 555.*, 555.*, 250.*, 555.*, 555.*",
            connected(talk -> talk.announces("DSN") + ", "
                    + talk.askEach(
                            "MAIL FROM:<anne@example.com> RET=HDRS",
                            "MAIL FROM:<anne@example.com> ENVID=1",
                            "MAIL FROM:<anne@example.com>",
                            rcpt(Site.OPEN) + " NOTIFY=NEVER",
                            rcpt(Site.OPEN) + " ORCPT=rfc822;ant@example.org"))),

    NO_SMTPUTF8(
            "RFC 6531 3.1",
            "SMTPUTF8 is not announced, and refused",
            "not announced, 555.*",
            connected(talk -> talk.announces("SMTPUTF8") + ", " + talk.ask("MAIL FROM:<anne@example.com> SMTPUTF8"))),

    NO_AUTH(
            "RFC 4954 3",
            "AUTH is not announced, and refused",
            "not announced, 5\\d\\d.*",
            connected(talk -> talk.announces("AUTH") + ", " + talk.ask("AUTH PLAIN AGFubmUAc2VjcmV0"))),

    NO_TLS_WITHOUT_KEY(
            "RFC 3207 4",
            "without a key STARTTLS is not announced, and refused",
            "not announced, (454|50[02]).*",
            connected(talk -> talk.announces("STARTTLS") + ", " + talk.ask("STARTTLS"))),

    TLS_ANNOUNCED(
            "RFC 3207 4",
            "with a key STARTTLS is announced, and answered by 220",
            "announced, 220.*",
            restricted(connected(talk -> talk.announces("STARTTLS") + ", " + talk.ask("STARTTLS")))),

    TLS_WITH_ARGUMENT(
            "RFC 3207 4", "STARTTLS has no argument", "501.*", restricted(greeted(talk -> talk.ask("STARTTLS now")))),

    TLS_FORGETS(
            "RFC 3207 4.2",
            "after the handshake the server has forgotten what was said before",
            "503[^,]*, 250.*",
            restricted(inTransaction(talk -> talk.encrypted(
                    Certificate.trustingAll(),
                    secret -> secret.askEach("MAIL FROM:<anne@example.com>", "LHLO client.example.org"))))),

    TLS_NOT_TWICE(
            "RFC 3207 4.2",
            "within TLS STARTTLS is not announced, and refused",
            "not announced, 5\\d\\d.*",
            restricted(greeted(talk -> talk.encrypted(
                    Certificate.trustingAll(),
                    secret -> secret.announces("STARTTLS") + ", " + secret.ask("STARTTLS"))))),

    TLS_INJECTION(
            "RFC 3207 6",
            "commands that came unencrypted behind STARTTLS are not obeyed",
            "(220[^,]*, 503.*|5\\d\\d.*|closed.*)",
            restricted(greeted(talk -> {
                String first = talk.send("STARTTLS\r\nLHLO eve.example.org\r\n").reply();
                return first.startsWith("220")
                        ? first + ", "
                                + talk.handshake(Certificate.trustingAll()).ask("MAIL FROM:<eve@example.com>")
                        : first;
            })));

    /** So many replies, each with an enhanced code of its own class. */
    private static String enhanced(int count) {
        return "(, )?(([245])\\d\\d \\3\\.\\d+\\.\\d+(, |$)){" + count + "}";
    }

    private final Definition definition;

    Extensions(String section, String sentence, String kept, Check check) {
        definition = new Definition(section, sentence, kept, check);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}

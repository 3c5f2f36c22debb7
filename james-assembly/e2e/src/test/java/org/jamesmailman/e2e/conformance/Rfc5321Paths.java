// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e.conformance;

import static org.jamesmailman.e2e.conformance.Talk.POST;
import static org.jamesmailman.e2e.conformance.Talk.SENDER;
import static org.jamesmailman.e2e.conformance.Talk.bytes;
import static org.jamesmailman.e2e.conformance.Talk.greeted;
import static org.jamesmailman.e2e.conformance.Talk.inTransaction;
import static org.jamesmailman.e2e.conformance.Talk.rcpt;

/** SMTP that LMTP inherits: senders and recipients. */
@SuppressWarnings("ImmutableEnumChecker") // Error Prone cannot see that a check has no state.
enum Rfc5321Paths implements Clause {
    NULL_REVERSE_PATH("4.5.5", "the null reverse-path is taken", "250.*", greeted(talk -> talk.ask("MAIL FROM:<>"))),

    NULL_REVERSE_PATH_IS_DELIVERED(
            "6.1",
            "a bounce, whose reverse-path is null, is delivered",
            "250.*, 250.*, 354, 250.*",
            greeted(talk -> talk.askEach("MAIL FROM:<>", rcpt("ant-bounces@" + Site.DOMAIN), "DATA")
                    + ", "
                    + talk.message(bytes(POST)))),

    NO_NULL_FORWARD_PATH(
            "4.1.2", "there is no null forward-path", "5\\d\\d.*", inTransaction(talk -> talk.ask("RCPT TO:<>"))),

    NO_PATH(
            "4.1.1.2",
            "MAIL and RCPT without a path are syntax errors",
            "501.*, 501.*, 501.*, 501.*, 501.*",
            inTransaction(talk -> {
                String ofRcpt = talk.askEach("RCPT", "RCPT TO:");
                talk.said("RSET");
                return ofRcpt + ", " + talk.askEach("MAIL", "MAIL FROM:", "MAIL FROM");
            })),

    WRONG_KEYWORD("4.1.1.2", "MAIL has FROM:, RCPT has TO:", "501.*, 501.*", inTransaction(talk -> {
        String ofRcpt = talk.ask("RCPT FROM:<" + Site.OPEN + ">");
        talk.said("RSET");
        return ofRcpt + ", " + talk.ask("MAIL TO:<" + SENDER + ">");
    })),

    NO_BRACKETS("4.1.2", "a path has its angle brackets", "501.*, 501.*, 501.*", inTransaction(talk -> {
        String ofRcpt = talk.askEach("RCPT TO:" + Site.OPEN, "RCPT TO:<" + Site.OPEN);
        talk.said("RSET");
        return ofRcpt + ", " + talk.ask("MAIL FROM:" + SENDER);
    })),

    BEHIND_THE_PATH(
            "4.1.1.3",
            "what stands behind a path is a parameter, with a blank before it",
            "501.*",
            inTransaction(talk -> talk.ask(rcpt(Site.OPEN) + "x"))),

    QUOTED_LOCAL_PART(
            "4.1.2",
            "a quoted local part may have blanks, brackets and an at-sign in it",
            "250.*, 250.*, 250.*, 250.*",
            greeted(talk -> {
                String first = talk.ask("MAIL FROM:<\"anne bee\"@example.com>");
                String others = "";
                for (String local : new String[] {"a>b", "a@b", "a\\\"b"}) {
                    talk.ask("RSET");
                    others += ", " + talk.ask("MAIL FROM:<\"" + local + "\"@example.com>");
                }
                return first + others;
            })),

    NEEDLESS_QUOTES(
            "4.1.2",
            "a local part means the same with quotes and without",
            "250.*",
            inTransaction(talk -> talk.ask("RCPT TO:<\"ant\"@" + Site.DOMAIN + ">"))),

    DOMAIN_LITERAL(
            "4.1.3",
            "a sender's domain may be an address literal",
            "250.*, 250.*, 250.*",
            greeted(talk ->
                    talk.askEach("MAIL FROM:<anne@[192.0.2.1]>", "RSET", "MAIL FROM:<anne@[IPv6:2001:db8::1]>"))),

    SOURCE_ROUTE(
            "4.1.1.3",
            "a source route is taken, and passed over",
            "250.*",
            inTransaction(talk -> talk.ask("RCPT TO:<@one.example,@two.example:" + Site.OPEN + ">"))),

    DOMAIN_IN_ANY_CASE(
            "2.4",
            "domains may be in any case",
            "250.*",
            inTransaction(talk -> talk.ask("RCPT TO:<ant@Lists.EXAMPLE.Org>"))),

    CONTROL_CHARACTERS(
            "4.1.2",
            "an address has no control characters",
            "5\\d\\d.*, 5\\d\\d.*, 5\\d\\d.*",
            greeted(talk -> talk.askEach(
                    "MAIL FROM:<an\u0000ne@example.com>",
                    "MAIL FROM:<an\tne@example.com>",
                    "MAIL FROM:<\"an\u001bne\"@example.com>"))),

    UNKNOWN_PARAMETER_OF_MAIL(
            "4.1.1.11",
            "a parameter of MAIL that the server does not know is refused by 555",
            "555.*, 555.*",
            greeted(talk -> talk.askEach("MAIL FROM:<anne@example.com> FOO=BAR", "MAIL FROM:<anne@example.com> FOO"))),

    UNKNOWN_PARAMETER_OF_RCPT(
            "4.1.1.11",
            "a parameter of RCPT that the server does not know is refused by 555",
            "555.*",
            inTransaction(talk -> talk.ask(rcpt(Site.OPEN) + " FOO=BAR"))),

    UNKNOWN_RECIPIENT(
            "3.3",
            "a recipient that is not there is refused at RCPT by 550",
            "550.*",
            inTransaction(talk -> talk.ask(rcpt(Site.UNKNOWN)))),

    RELAYING(
            "3.6.2",
            "a recipient of a domain that is not served is refused at RCPT by 550",
            "550.*",
            inTransaction(talk -> talk.ask("RCPT TO:<anne@elsewhere.example>"))),

    POSTMASTER(
            "4.5.1",
            "mail to postmaster is taken",
            "250.*, 250.*",
            inTransaction(talk -> talk.askEach("RCPT TO:<postmaster@" + Site.DOMAIN + ">", "RCPT TO:<Postmaster>"))),

    LONG_LOCAL_PART(
            "4.5.3.1.1",
            "a local part of 64 octets is taken",
            "250.*",
            greeted(talk -> talk.ask("MAIL FROM:<" + "x".repeat(64) + "@example.com>"))),

    LONG_DOMAIN(
            "4.5.3.1.2",
            "a domain name of 250 octets is taken",
            "250.*",
            greeted(talk -> talk.ask("MAIL FROM:<a@" + "abcdefg.".repeat(30) + "example.co>"))),

    LONG_PATH(
            "4.5.3.1.3",
            "a path of 256 octets is taken",
            "250.*",
            greeted(talk -> talk.ask("MAIL FROM:<" + "x".repeat(59) + "@" + "abcdefg.".repeat(23) + "example.co>"))),

    LONG_COMMAND_LINE(
            "4.5.3.1.4",
            "a command line of 512 octets is taken",
            "250.*",
            greeted(talk -> talk.ask("NOOP " + "x".repeat(505)))),

    LONG_COMMAND_LINE_OF_EXTENSIONS(
            "4.1.1.11",
            "a MAIL that is longer than 512 octets by its parameters is read as a whole",
            "555.*",
            greeted(talk -> talk.ask("MAIL FROM:<anne@example.com> FOO=" + "x".repeat(600)))),

    TOO_LONG_COMMAND_LINE(
            "4.5.3.1.9",
            "a command line beyond any limit is refused by 500 or 501, once, and the session goes on",
            "50[01][^,]*, 250.*",
            greeted(talk -> talk.askEach("NOOP " + "x".repeat(20_000), "NOOP"))),

    HUNDRED_RECIPIENTS("4.5.3.1.8", "a hundred recipients are taken", "100 times 250", inTransaction(talk -> {
        int taken = 0;
        for (int i = 0; i < 100; i++) {
            taken += talk.ask(rcpt("ant-bounces+" + i + "=example.com@" + Site.DOMAIN))
                            .startsWith("250")
                    ? 1
                    : 0;
        }
        return taken + " times 250";
    })),

    TOO_MANY_RECIPIENTS(
            "4.5.3.1.10",
            "recipients beyond the server's limit are refused by 452, and the others are delivered to",
            "(250|452).*, 354",
            inTransaction(talk -> {
                String last = "250";
                for (int i = 0; i < 1_100 && last.startsWith("250"); i++) {
                    last = talk.ask(rcpt(Site.OPEN));
                }
                return last + ", " + talk.ask("DATA");
            }));

    private final Definition definition;

    Rfc5321Paths(String section, String sentence, String kept, Check check) {
        definition = new Definition("RFC 5321 " + section, sentence, kept, check);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}

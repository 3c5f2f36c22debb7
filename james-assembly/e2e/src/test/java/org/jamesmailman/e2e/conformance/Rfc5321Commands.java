// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e.conformance;

import static org.jamesmailman.e2e.conformance.Talk.POST;
import static org.jamesmailman.e2e.conformance.Talk.SENDER;
import static org.jamesmailman.e2e.conformance.Talk.bytes;
import static org.jamesmailman.e2e.conformance.Talk.connected;
import static org.jamesmailman.e2e.conformance.Talk.greeted;
import static org.jamesmailman.e2e.conformance.Talk.inMessage;
import static org.jamesmailman.e2e.conformance.Talk.inTransaction;
import static org.jamesmailman.e2e.conformance.Talk.mute;
import static org.jamesmailman.e2e.conformance.Talk.rcpt;
import static org.jamesmailman.e2e.conformance.Talk.restricted;
import static org.jamesmailman.e2e.conformance.Talk.withRecipient;

/** SMTP that LMTP inherits: commands, their order and their replies. */
@SuppressWarnings("ImmutableEnumChecker") // Error Prone cannot see that a check has no state.
enum Rfc5321Commands implements Clause {
    GREETING("4.2", "the greeting is 220 and the server's name", "220 \\S+.*", mute(talk -> talk.greeting()
            .toString()
            .replaceAll("220 \\S+( .*)?", "220 name"))),

    MULTILINE_REPLY(
            "4.2.1",
            "each line of a reply has the code, all but the last with a hyphen",
            "well-formed",
            connected(talk -> talk.whole("LHLO client.example.org").toString().matches("(250-.+\\n)*250 .+")
                    ? "well-formed"
                    : "malformed")),

    LHLO_WANTS_A_NAME(
            "4.1.1.1", "LHLO without a name is a syntax error", "50[01].*", connected(talk -> talk.ask("LHLO"))),

    LHLO_WITH_ADDRESS_LITERAL(
            "4.1.4",
            "a client without a name may give an address in its place",
            "250.*, 250.*",
            connected(talk -> talk.askEach("LHLO [127.0.0.1]", "LHLO [IPv6:::1]"))),

    LHLO_WITH_ANY_NAME(
            "4.1.4",
            "the server must not refuse a client whose name is not that of its address",
            "250.*",
            connected(talk -> talk.ask("LHLO no-such-host.invalid"))),

    LHLO_RESETS(
            "4.1.4",
            "another LHLO ends the transaction",
            "250, 503.*",
            withRecipient(talk -> talk.askEach("LHLO client.example.org", "DATA"))),

    ANY_CASE(
            "2.4",
            "commands may be in any case",
            "250.*, 250.*, 250.*, 354",
            connected(talk -> talk.askEach(
                    "lHlO client.example.org", "mail from:<anne@example.com>", "Rcpt tO:<" + Site.OPEN + ">", "dAta"))),

    TRAILING_BLANKS(
            "4.1.1",
            "blanks before the end of a command line are tolerated",
            "250.*, 250.*, 250.*, 354",
            greeted(talk -> talk.askEach("NOOP  ", "MAIL FROM:<anne@example.com> ", rcpt(Site.OPEN) + "  ", "DATA "))),

    LF_IS_NO_LINE_END(
            "2.3.8",
            "a bare LF does not end a command line",
            "(250|5\\d\\d)[^,]*(, closed)?",
            greeted(talk -> talk.send("NOOP\nNOOP\n\r\n").untilTheEnd())),

    CR_IS_NO_LINE_END("2.3.8", "a bare CR does not end a command line", "(250|5\\d\\d)[^,]*", greeted(talk -> talk.send(
                    "NOOP\rNOOP\r\n")
            .untilTheEnd())),

    EIGHT_BIT_IN_COMMAND(
            "2.4",
            "octets over 127 in a command are refused",
            "5\\d\\d.*, 5\\d\\d.*",
            inTransaction(talk -> talk.askEach("RCPT TO:<\u00e4nt@" + Site.DOMAIN + ">", "N\u00d6\u00d6P"))),

    UNKNOWN_COMMAND("4.2.4", "an unknown command is answered by 500", "500.*", greeted(talk -> talk.ask("XYZZY"))),

    EMPTY_LINE("4.2.4", "an empty line is no command", "500.*", greeted(talk -> talk.ask(""))),

    MAIL_BEFORE_LHLO(
            "4.1.4",
            "MAIL before LHLO is out of order",
            "503.*",
            connected(talk -> talk.ask("MAIL FROM:<" + SENDER + ">"))),

    RCPT_BEFORE_MAIL("4.1.4", "RCPT before MAIL is out of order", "503.*", greeted(talk -> talk.ask(rcpt(Site.OPEN)))),

    DATA_BEFORE_MAIL("4.1.4", "DATA before MAIL is out of order", "503.*", greeted(talk -> talk.ask("DATA"))),

    SECOND_MAIL(
            "4.1.4",
            "a second MAIL is out of order, and changes nothing",
            "503[^,]*, 250[^,]*, 354",
            inTransaction(talk -> talk.askEach("MAIL FROM:<bart@example.com>", rcpt(Site.OPEN), "DATA"))),

    ALWAYS_ALLOWED(
            "4.1.4",
            "NOOP, VRFY, RSET and QUIT are taken before LHLO",
            "250[^,]*, (25|50)[02][^,]*, 250[^,]*, 221.*",
            connected(talk -> talk.askEach("NOOP", "VRFY anne", "RSET", "QUIT"))),

    ERRORS_CHANGE_NOTHING(
            "4.1.4", "a command that is refused leaves the transaction as it was", "250.*", inTransaction(talk -> {
                talk.askEach("XYZZY", rcpt(Site.UNKNOWN), rcpt(Site.OPEN), "DATA now");
                return talk.said("DATA").message(bytes(POST));
            })),

    RSET_FORGETS(
            "4.1.1.5",
            "RSET forgets the sender and the recipients",
            "250[^,]*, 503[^,]*, 250[^,]*, 503.*",
            withRecipient(talk -> talk.askEach("RSET", "DATA", "MAIL FROM:<>", "DATA"))),

    RSET_WITHOUT_TRANSACTION("4.1.1.5", "RSET is always answered by 250", "250.*", greeted(talk -> talk.ask("RSET"))),

    RSET_WITH_ARGUMENT("4.1.1.5", "RSET has no argument", "501.*", withRecipient(talk -> talk.ask("RSET all"))),

    NOOP(
            "4.1.1.9",
            "NOOP does nothing, whatever its argument",
            "250[^,]*, 250[^,]*, 354",
            withRecipient(talk -> talk.askEach("NOOP", "NOOP at all", "DATA"))),

    QUIT_CLOSES(
            "4.1.1.10",
            "QUIT is answered by 221, then the server closes",
            "221[^,]*, closed",
            greeted(talk -> talk.ask("QUIT") + ", " + talk.reply())),

    QUIT_WITH_ARGUMENT(
            "4.1.1.10",
            "QUIT has no argument, and with one the server does not close",
            "501[^,]*, 250.*",
            greeted(talk -> talk.askEach("QUIT now", "NOOP"))),

    QUIT_ENDS_TRANSACTION(
            "4.1.1.10",
            "QUIT in a transaction drops it",
            "221.*, nothing queued",
            withRecipient(talk -> talk.ask("QUIT") + ", " + talk.site().queuedOf(bytes(POST)))),

    NO_CLOSE_WITHOUT_QUIT("4.1.1.10", "the server does not close after an error", "250.*", greeted(talk -> {
        talk.askEach("XYZZY", "DATA", "MAIL", "RCPT", "");
        return talk.ask("NOOP");
    })),

    VRFY(
            "3.5.3",
            "VRFY says what it knows, or that it will not tell",
            "(250|251|252|502|550).*",
            greeted(talk -> talk.ask("VRFY " + Site.OPEN))),

    EXPN(
            "3.5.2",
            "EXPN does not give away the members",
            "(252|50[02]|550).*",
            greeted(talk -> talk.ask("EXPN " + Site.OPEN))),

    HELP(
            "4.1.1.8",
            "HELP is answered, or said not to be there",
            "(211|214|50[02]).*",
            greeted(talk -> talk.ask("HELP"))),

    OBSOLETE_COMMANDS(
            "F.6",
            "SEND, SOML and SAML are not there",
            "50[02].*, 50[02].*, 50[02].*",
            greeted(talk -> talk.askEach(
                    "SEND FROM:<anne@example.com>", "SOML FROM:<anne@example.com>", "SAML FROM:<anne@example.com>"))),

    DATA_WITH_ARGUMENT("4.1.1.4", "DATA has no argument", "50[14].*", withRecipient(talk -> talk.ask("DATA now"))),

    DATA_ENDS_TRANSACTION(
            "4.1.1.4",
            "after the message the transaction is over",
            "250[^,]*, 503.*",
            inMessage(talk -> talk.send(POST + ".\r\n").reply() + ", " + talk.ask(rcpt(Site.OPEN)))),

    NEXT_TRANSACTION(
            "3.3",
            "after one message comes the next",
            "250[^,]*, 250[^,]*, 250[^,]*, 354, 250[^,]*",
            inMessage(talk -> talk.send(POST + ".\r\n").reply()
                    + ", "
                    + talk.askEach("MAIL FROM:<bart@example.com>", rcpt(Site.OPEN), "DATA")
                    + ", "
                    + talk.message(bytes(POST)))),

    IDLE_CLIENT(
            "4.5.3.2.7",
            "a client that says nothing is told 421 before the server closes",
            "421.*, closed",
            restricted(greeted(talk -> talk.replies(2)))),

    CLOSING_DOWN(
            "3.8",
            "a client that is connected when the server ends is told 421",
            "421.*, closed",
            server -> server.stop().map(Stop::toIdleClient).orElse(NOT_TRIED));

    private final Definition definition;

    Rfc5321Commands(String section, String sentence, String kept, Check check) {
        definition = new Definition("RFC 5321 " + section, sentence, kept, check);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}

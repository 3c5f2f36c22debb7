// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e.conformance;

import static org.jamesmailman.e2e.conformance.Talk.POST;
import static org.jamesmailman.e2e.conformance.Talk.bytes;
import static org.jamesmailman.e2e.conformance.Talk.connected;
import static org.jamesmailman.e2e.conformance.Talk.greeted;
import static org.jamesmailman.e2e.conformance.Talk.inMessage;
import static org.jamesmailman.e2e.conformance.Talk.inTransaction;
import static org.jamesmailman.e2e.conformance.Talk.mute;
import static org.jamesmailman.e2e.conformance.Talk.post;
import static org.jamesmailman.e2e.conformance.Talk.rcpt;
import static org.jamesmailman.e2e.conformance.Talk.restricted;

/** What James's stock LMTP chain was seen to get wrong, each row turned into what it should do. */
@SuppressWarnings("ImmutableEnumChecker") // Error Prone cannot see that a check has no state.
enum FactsOfStock implements Clause {
    VERDICTS(
            "facts 1",
            "a message that no mailet decides on is postponed by 451, and not lost behind a 250",
            "451.*, nothing queued",
            restricted(greeted(talk ->
                    talk.deliver(bytes(POST), Site.OPEN) + ", " + talk.site().queuedOf(bytes(POST))))),

    SEVERAL_MESSAGES(
            "facts 2",
            "a session may bring many messages, as Postfix's do",
            "250[^,]*, 250[^,]*, 250[^,]*",
            greeted(talk -> {
                String replies = "";
                for (int i = 0; i < 3; i++) {
                    talk.said("MAIL FROM:<anne@example.com>")
                            .said(rcpt(Site.OPEN))
                            .said("DATA");
                    replies += (i == 0 ? "" : ", ") + talk.send(POST + ".\r\n").reply();
                }
                return replies;
            })),

    HOOKS(
            "facts 3",
            "a message that a JamesMessageHook refuses is refused for each recipient",
            "5\\d\\d[^,]*, 5\\d\\d[^,]*, nothing queued",
            restricted(greeted(talk -> talk.deliverFrom(SiteHook.REFUSED, bytes(POST), Site.OPEN, Site.OPEN) + ", "
                    + talk.site().queuedOf(bytes(POST))))),

    LIST_ADDRESSES(
            "facts 4",
            "a list's addresses are taken at RCPT, though no local user has them",
            "250.*, 250.*, 250.*",
            inTransaction(talk -> talk.askEach(
                    rcpt(Site.OPEN), rcpt("ant-join@" + Site.DOMAIN), rcpt("ant-confirm+0123@" + Site.DOMAIN)))),

    TOO_BIG(
            "facts 5",
            "a message over the limit is refused once for each recipient, and not queued, and the session goes on",
            "552[^,]*, 552[^,]*, 250[^,]*, nothing queued",
            connected(talk -> {
                byte[] message = talk.postOf(talk.announcedSize() + 1_000);
                talk.said("MAIL FROM:<anne@example.com>")
                        .said(rcpt(Site.OPEN))
                        .said(rcpt(Site.OPEN))
                        .said("DATA");
                return talk.sendMessage(message).send("NOOP\r\n").untilTheEnd()
                        + ", "
                        + talk.site().queuedOf(message);
            })),

    LONG_LINE(
            "facts 6",
            "a line over 8,192 octets is kept, and there is no extra reply",
            "250[^,]*, queued as sent",
            greeted(talk -> {
                byte[] message = post("a\r\n" + "x".repeat(9_000) + "\r\nb\r\n");
                return talk.deliver(message, Site.OPEN) + ", " + talk.site().queuedOf(message);
            })),

    BARE_LINE_FEED(
            "facts 7",
            "a bare LF in the message: the server closes, and obeys nothing behind it",
            "5\\d\\d[^,]*, closed, nothing queued",
            inMessage(talk ->
                    talk.rest(POST + "one\ntwo\r\n.\r\n") + ", " + talk.site().queuedOf(bytes(POST)))),

    BARE_CARRIAGE_RETURN(
            "facts 8", "a bare CR and NUL are content, kept to the octet", "250[^,]*, queued as sent", greeted(talk -> {
                byte[] message = post("a\rb\r\r\n\u0000\r\n\r.\r\u0000.\r\n");
                return talk.deliver(message, Site.OPEN) + ", " + talk.site().queuedOf(message);
            })),

    ORDER_AND_PARAMETERS(
            "facts 9",
            "MAIL before LHLO is refused, and so are SMTPUTF8 and unknown parameters",
            "503[^,]*, 250[^,]*, 555[^,]*, 555.*",
            connected(talk -> talk.askEach(
                    "MAIL FROM:<anne@example.com>",
                    "LHLO client.example.org",
                    "MAIL FROM:<anne@example.com> SMTPUTF8",
                    "MAIL FROM:<anne@example.com> FOO=BAR"))),

    NO_RECEIVED(
            "facts 10",
            "no Received: is made, for which the client's name would have to be looked up",
            "250[^,]*, queued as sent",
            greeted(talk ->
                    talk.deliver(bytes(POST), Site.OPEN) + ", " + talk.site().queuedOf(bytes(POST)))),

    TOO_MANY_CONNECTIONS(
            "facts 11", "a connection beyond the limit is told 421", "421.*, closed", server -> server.restricted()
                    .map(FactsOfStock::oneTooMany)
                    .orElse(NOT_TRIED)),

    SLOW_MAILETS(
            "facts 12",
            "a message that is held up holds up no other connection",
            "451 4.3.0",
            restricted(server -> greeted(talk -> {
                        talk.said("MAIL FROM:<" + SiteHook.HELD_UP + ">")
                                .said(rcpt(Site.OPEN))
                                .said("DATA");
                        talk.send(POST + ".\r\n");
                        // Whoever does not get through before the message's time is up comes too late for it.
                        connected(other -> other.ask("NOOP")).see(server);
                        server.release();
                        return talk.reply();
                    })
                    .see(server))),

    STOP_IN_MESSAGE(
            "facts 13",
            "a message that is under way when the server is told to end is still taken and answered",
            "250.*",
            server -> server.stop().map(Stop::toSender).orElse(NOT_TRIED));

    /** What the client is told that comes when all connections are taken. */
    private static String oneTooMany(Server server) {
        return oneMore(JamesServer.MAX_CONNECTIONS).see(server);
    }

    private static Check oneMore(int before) {
        return before == 0
                ? mute(talk -> talk.replies(2))
                : server -> connected(talk -> oneMore(before - 1).see(server)).see(server);
    }

    private final Definition definition;

    FactsOfStock(String section, String sentence, String kept, Check check) {
        definition = new Definition(section, sentence, kept, check);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e.conformance;

import static org.jamesmailman.e2e.conformance.Talk.POST;
import static org.jamesmailman.e2e.conformance.Talk.bytes;
import static org.jamesmailman.e2e.conformance.Talk.connected;
import static org.jamesmailman.e2e.conformance.Talk.greeted;
import static org.jamesmailman.e2e.conformance.Talk.inTransaction;
import static org.jamesmailman.e2e.conformance.Talk.rcpt;

/** LMTP itself. */
@SuppressWarnings("ImmutableEnumChecker") // Error Prone cannot see that a check has no state.
enum Rfc2033 implements Clause {
    LHLO_OPENS("4.1", "LHLO opens the session", "250", connected(talk -> talk.ask("LHLO client.example.org"))),

    NO_HELO(
            "4.1",
            "HELO and EHLO are no commands of LMTP",
            "5\\d\\d.*, 5\\d\\d.*",
            connected(talk -> talk.askEach("HELO client.example.org", "EHLO client.example.org"))),

    HELO_OPENS_NOTHING("4.1", "HELO in place of LHLO opens no session", "503.*", connected(talk -> {
        talk.ask("HELO client.example.org");
        return talk.ask("MAIL FROM:<anne@example.com>");
    })),

    REPLY_FOR_EACH_RECIPIENT(
            "4.2",
            "the message is answered once for each recipient that was accepted",
            "250.*, 250.*",
            greeted(talk -> talk.deliver(bytes(POST), Site.OPEN, "ant-owner@" + Site.DOMAIN))),

    REPLY_FOR_EACH_DUPLICATE(
            "4.2",
            "a recipient that was given twice is answered for twice",
            "250.*, 250.*",
            greeted(talk -> talk.deliver(bytes(POST), Site.OPEN, Site.OPEN))),

    NO_REPLY_FOR_REFUSED_RECIPIENT(
            "4.2",
            "a recipient that was refused is not answered for again",
            "250[^,]*",
            greeted(talk -> talk.deliver(bytes(POST), Site.UNKNOWN, Site.OPEN, Site.UNKNOWN))),

    REPLIES_IN_ORDER(
            "4.2",
            "each reply tells of its recipient alone, in the order of RCPT",
            "550.*, 250.*, 550.*",
            greeted(talk -> talk.deliver(bytes(POST), Site.CLOSED, Site.OPEN, Site.CLOSED))),

    REFUSED_MESSAGE_FOR_EACH_RECIPIENT(
            "4.2",
            "a message that is refused as a whole is refused once for each recipient",
            "5\\d\\d[^,]*, 5\\d\\d[^,]*",
            greeted(talk -> talk.deliver(bytes("no header\r\n\r\nHi\r\n"), Site.OPEN, Site.OPEN))),

    DATA_WITHOUT_RECIPIENT(
            "4.2", "DATA without any RCPT fails with 503", "503.*", inTransaction(talk -> talk.ask("DATA"))),

    DATA_WITHOUT_ACCEPTED_RECIPIENT(
            "4.2", "DATA after none but refused RCPTs fails with 503", "503.*", inTransaction(talk -> {
                talk.ask(rcpt(Site.UNKNOWN));
                return talk.ask("DATA");
            })),

    DATA_WITH_ONE_ACCEPTED_RECIPIENT(
            "4.2", "DATA is taken when one RCPT of several was accepted", "354", inTransaction(talk -> {
                talk.askEach(rcpt(Site.UNKNOWN), rcpt(Site.OPEN), rcpt(Site.UNKNOWN));
                return talk.ask("DATA");
            })),

    PIPELINING(
            "5", "the server must implement PIPELINING", "announced", connected(talk -> talk.announces("PIPELINING"))),

    ENHANCED_CODES(
            "5",
            "the server must implement ENHANCEDSTATUSCODES",
            "announced",
            connected(talk -> talk.announces("ENHANCEDSTATUSCODES"))),

    EIGHT_BIT("5", "the server should implement 8BITMIME", "announced", connected(talk -> talk.announces("8BITMIME"))),

    NOT_ON_PORT_25(
            "5", "the server must not use TCP port 25", "8024", server -> Integer.toString(server.defaultPort()));

    private final Definition definition;

    Rfc2033(String section, String sentence, String kept, Check check) {
        definition = new Definition("RFC 2033 " + section, sentence, kept, check);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.verdict;

/**
 * The replies about recipients and messages, in one place; those about the syntax and order of commands stand in their
 * handlers. Codes by RFC 5321 and 3463, as {@code docs/replies.md} lists them; {@code recipient} is the address as the
 * client gave it.
 */
public final class Replies {
    private Replies() {}

    /** At MAIL: no path can be read. */
    public static Reply noReversePath() {
        return new Reply(501, "5.5.4", "say MAIL FROM:<address>");
    }

    /** At RCPT: no path can be read. */
    public static Reply noForwardPath() {
        return new Reply(501, "5.5.4", "say RCPT TO:<address>");
    }

    /** At MAIL or RCPT: the address wants SMTPUTF8 (RFC 6531 3.5), which Mailman 3.3 could not send on. */
    public static Reply notAscii() {
        return new Reply(553, "5.6.7", "the address is not ASCII, and SMTPUTF8 is not served here");
    }

    /** At RCPT: the address is a list's. */
    public static Reply recipientOk(String recipient) {
        return new Reply(250, "2.1.5", "<" + recipient + "> recipient ok");
    }

    /** After DATA: the message is in Mailman's queue, on the disk. */
    public static Reply queued(String recipient, String entry) {
        return new Reply(250, "2.0.0", "<" + recipient + "> queued as " + entry);
    }

    /** After DATA: Mailman would throw the post away without a word, and so do we. */
    public static Reply dropped(String recipient) {
        return new Reply(250, "2.0.0", "<" + recipient + "> message received");
    }

    /** At RCPT: Mailman serves the domain, but has no such list. */
    public static Reply noSuchList(String recipient) {
        return new Reply(550, "5.1.1", "<" + recipient + "> no such mailing list here");
    }

    /** At RCPT: Mailman does not serve the domain. */
    public static Reply domainNotServed(String recipient) {
        return new Reply(550, "5.1.2", "<" + recipient + "> no mailing lists for this domain here");
    }

    /** At RCPT: no address of a list looks like this. */
    public static Reply malformedAddress(String recipient) {
        return new Reply(501, "5.1.3", "<" + recipient + "> is not an address that a mailing list could have");
    }

    /** After DATA: Mailman is certain to reject the post. */
    public static Reply mayNotPost(String recipient) {
        return new Reply(550, "5.7.2", "<" + recipient + "> you are not allowed to post to this mailing list");
    }

    /** After DATA: Mailman is certain to discard the post, and the site refuses what would be discarded. */
    public static Reply refusedDiscard(String recipient) {
        return new Reply(550, "5.7.1", "<" + recipient + "> this mailing list does not take mail from you");
    }

    /** After DATA: the post has been through this list before. */
    public static Reply mailLoop(String recipient) {
        return new Reply(
                554, "5.4.6", "<" + recipient + "> mail loop: the message has been posted to this list already");
    }

    /**
     * After DATA: the message is malformed.
     *
     * @param defect a sentence for the sender, as "the multipart boundary is missing"
     */
    public static Reply malformedMessage(String recipient, String defect) {
        return new Reply(554, "5.6.0", "<" + recipient + "> malformed message: " + defect);
    }

    /** At MAIL, when SIZE says so: too big for this server. */
    public static Reply tooBig(long maxSize) {
        return new Reply(552, "5.3.4", "message is larger than this server takes, " + maxSize + " octets");
    }

    /** After DATA: too big for this server. */
    public static Reply tooBig(String recipient, long maxSize) {
        return new Reply(
                552, "5.3.4", "<" + recipient + "> message is larger than this server takes, " + maxSize + " octets");
    }

    /** At RCPT: nothing is known of the lists yet, or what is known is older than the site allows. */
    public static Reply nothingKnownYet(String recipient) {
        return new Reply(451, "4.3.0", "<" + recipient + "> the mailing lists are not known yet, try again later");
    }

    /** At RCPT: one transaction has a bound. */
    public static Reply tooManyRecipients() {
        return new Reply(452, "4.5.3", "too many recipients, send the rest in another transaction");
    }

    /** After DATA: an exception, a missing verdict, or a failed fsync or rename. */
    public static Reply tryAgainLater(String recipient) {
        return new Reply(451, "4.3.0", "<" + recipient + "> the message could not be processed now, try again later");
    }

    /**
     * At RCPT or after DATA: the queue cannot take it for want of room or rights, or because Mailman does not keep up.
     */
    public static Reply queueFull(String recipient) {
        return new Reply(452, "4.3.1", "<" + recipient + "> the queue cannot take the message now, try again later");
    }

    /** After DATA: the message cannot be kept while it is worked on, for want of room. */
    public static Reply noRoom(String recipient) {
        return new Reply(452, "4.3.1", "<" + recipient + "> no room to keep the message now, try again later");
    }

    /** After DATA: too many messages wait for the mailets and the disk. */
    public static Reply tooBusy(String recipient) {
        return new Reply(452, "4.3.1", "<" + recipient + "> too many messages at a time, try again later");
    }

    /** A line of the message ended without CRLF; the connection is closed (against SMTP smuggling). */
    public static Reply bareLineFeed() {
        return new Reply(521, "5.5.2", "lines must end with CRLF: closing the connection");
    }

    /** The server is shutting down; the connection is closed. */
    public static Reply shuttingDown() {
        return new Reply(421, "4.3.2", "shutting down, try again later");
    }
}

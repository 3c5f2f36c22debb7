// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp.listener;

import org.jamesmailman.mailman.verdict.Reply;

/** What the listener says of itself and its connections. */
final class ListenerReplies {
    private ListenerReplies() {}

    static Reply tooManyConnections() {
        return new Reply(421, "4.3.2", "too many connections, try again later");
    }

    static Reply tooManyConnectionsOfClient() {
        return new Reply(421, "4.7.0", "too many connections from your address, try again later");
    }

    static Reply timeout() {
        return new Reply(421, "4.4.2", "timeout: closing the connection");
    }

    static Reply tooManyErrors() {
        return new Reply(421, "4.7.0", "too many errors: closing the connection");
    }

    static Reply commandFailed() {
        return new Reply(451, "4.3.0", "the command could not be processed now, try again later");
    }

    static Reply lineTooLong() {
        return new Reply(500, "5.5.2", "line too long");
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.time.Duration;

/** How long a database server may take for what is asked of it, so that nothing of it can keep us for ever. */
final class ServerLimits {
    /** To take the connection. */
    static final Duration CONNECT = Duration.ofSeconds(5);

    /** To take the connection and the password, names of hosts and TLS included. */
    static final Duration LOG_IN = Duration.ofSeconds(10);

    /** To wait for somebody who has a table to himself. */
    static final Duration LOCK = Duration.ofSeconds(2);

    /** To answer one query; the server itself ends it then. */
    static final Duration STATEMENT = Duration.ofSeconds(30);

    /** To send the next octet: longer than {@link #STATEMENT}, for a server that is gone without a word. */
    static final Duration ANSWER = Duration.ofSeconds(40);

    /** How many rows of an answer are in memory at once. */
    static final int ROWS_AT_ONCE = 500;

    private ServerLimits() {}
}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e.conformance;

import java.util.Optional;
import org.jamesmailman.testing.WireClient;

/** An LMTP server that is held to the clauses. Each serves the lists of {@link Site}, and fills its queues. */
interface Server extends AutoCloseable {
    /** The head of its column. */
    String heading();

    /** Connects, and reads nothing yet. */
    WireClient connect();

    /** The queues that it fills. */
    Site site();

    /** The port that its own configuration has when nobody has changed it. */
    int defaultPort();

    /** The same server with small limits, STARTTLS, and no mailet that decides; empty where there is no such thing. */
    Optional<Server> restricted();

    /** Lets a message go on that {@link SiteHook} holds up. */
    void release();

    /** What is seen of another one that is configured alike, and told to end; empty where there is no such thing. */
    Optional<Stop> stop();

    @Override
    void close();
}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.time.Duration;

/**
 * What bounds the use of Mailman's queue.
 *
 * @param retransmitWindow how long a message is known that was committed, so that it becomes no second entry when it
 *     comes again; zero: not at all
 * @param highWater how many entries may wait in one queue directory; zero: any number
 * @param minFree how many octets must be free on its disk
 */
public record QueueLimits(Duration retransmitWindow, int highWater, long minFree) {}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.configuration;

/** What becomes of a post that Mailman would throw away without a word. */
public enum OnDiscard {
    /** It is accepted and thrown away, as Mailman would do, only earlier. */
    DROP,
    /** It is refused, so that the sender learns of it. */
    REFUSE,
    /** It is queued, and Mailman throws it away. */
    ENQUEUE
}

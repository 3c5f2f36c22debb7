// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.verdict;

/**
 * What Mailman will make of a post, as far as that is certain before the queue. {@code rule} is Mailman's own name of
 * the rule that decided.
 */
public sealed interface Verdict {
    /** Mailman will accept the post, or hold it for its moderators: either way it is to be queued. */
    record Accept(String rule) implements Verdict {}

    /**
     * Mailman is certain to send the post back.
     *
     * @param reason for the log only: it may tell who is on a roster or in a setting
     */
    record Reject(String rule, String reason) implements Verdict {}

    /**
     * Mailman is certain to throw the post away without a word.
     *
     * @param reason for the log only
     */
    record Discard(String rule, String reason) implements Verdict {}

    /**
     * The decision is left to Mailman, and so the post is to be queued.
     *
     * @param rule the first rule whose answer could not be told
     * @param cause why, for the log
     */
    record CannotTell(String rule, String cause) implements Verdict {}
}

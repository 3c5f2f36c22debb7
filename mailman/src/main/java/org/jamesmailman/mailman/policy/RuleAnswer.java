// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

/** What one rule makes of a post. */
public sealed interface RuleAnswer {
    /** The rule has nothing to say; the next one is asked. */
    record Miss() implements RuleAnswer {}

    /** The post goes to the list, or to its moderators. */
    record Accept() implements RuleAnswer {}

    /** The post goes back to its sender; {@code reason} is for the log. */
    record Reject(String reason) implements RuleAnswer {}

    /** The post is thrown away; {@code reason} is for the log. */
    record Discard(String reason) implements RuleAnswer {}

    /** What Mailman will find cannot be known here; {@code cause} says why. */
    record CannotTell(String cause) implements RuleAnswer {}
}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.util.Optional;

/**
 * Somebody's place on a roster.
 *
 * @param moderationAction empty: the list's default action applies
 */
public record Membership(Optional<ModerationAction> moderationAction) {}

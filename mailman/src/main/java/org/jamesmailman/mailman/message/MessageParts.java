// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.util.Optional;

/**
 * What a message holds behind its own header, as far as Mailman's rules read it. Immutable.
 *
 * @param headers the fields of all parts within, in the order of Python's {@code Message.walk}; also of messages and of
 *     the blocks of a delivery status. Not complete when they are more than {@link MimeLimits} allow
 * @param firstText the first part that is {@code text/plain}, which may be the message itself
 */
public record MessageParts(Headers headers, Optional<TextPart> firstText) {}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import org.apache.james.protocols.smtp.SMTPSession;

/**
 * How large a message may be: {@code message.max-size} of {@code mailman.properties}, or the listener's own
 * {@code maxmessagesize} where that is smaller.
 *
 * @param octets of the message as queued; 0 for no limit of ours
 */
public record MessageSizeLimit(long octets) {
    /** The limit for a session, in octets; 0 for none. */
    long of(SMTPSession session) {
        long ofListener = session.getConfiguration().getMaxMessageSize();
        if (ofListener <= 0 || octets <= 0) {
            return Math.max(ofListener, octets);
        }
        return Math.min(ofListener, octets);
    }
}

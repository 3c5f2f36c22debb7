// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Postfix logged of one attempt to deliver to one recipient.
 *
 * @param recipient the address delivered to
 * @param relay who was asked, as {@code 127.0.0.1[127.0.0.1]:8024}
 * @param dsn the enhanced code
 * @param status {@code sent}, {@code bounced} or {@code deferred}
 * @param reason what stands in the parentheses, with the peer's reply
 */
public record PostfixDelivery(String recipient, String relay, String dsn, String status, String reason) {
    private static final Pattern LINE = Pattern.compile(
            "to=<([^>]*)>,(?: orig_to=<[^>]*>,)? relay=([^,]*),.* dsn=([^,]*), status=([a-z]+) \\((.*)\\)$");

    /** The delivery that a line of the log tells of; empty when it tells of none. */
    static Optional<PostfixDelivery> of(String logLine) {
        Matcher matcher = LINE.matcher(logLine);
        return matcher.find()
                ? Optional.of(new PostfixDelivery(
                        matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4), matcher.group(5)))
                : Optional.empty();
    }
}

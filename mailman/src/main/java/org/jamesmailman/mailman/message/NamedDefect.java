// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Something that is wrong with a message. */
public sealed interface NamedDefect permits MimeDefect, MailmanHazard, SiteDefect {
    /** All of them; those that weigh most come first. */
    static List<NamedDefect> all() {
        return Stream.of(MimeDefect.values(), MailmanHazard.values(), SiteDefect.values())
                .<NamedDefect>flatMap(Arrays::stream)
                .toList();
    }

    /** As configurations, logs and metrics name it: lower-case words with dashes between. */
    String defectName();

    /** One sentence for the sender, in printable ASCII. */
    String explanation();

    /** Whether Mailman's LMTP runner takes the message, so that the site may decide. */
    boolean isTakenByLmtpRunner();
}

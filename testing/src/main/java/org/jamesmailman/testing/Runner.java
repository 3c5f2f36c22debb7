// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Mailman's runners, each a process of some 80 MB. Source: {@code config/mailman.cfg} of Mailman 3.3.8. */
public enum Runner {
    ARCHIVE,
    BOUNCES,
    COMMAND,
    IN,
    LMTP,
    NNTP,
    OUT,
    PIPELINE,
    REST,
    RETRY,
    TASK,
    VIRGIN,
    DIGEST;

    /** What it takes to bring a post to its subscribers and to answer a command. */
    public static Set<Runner> delivering() {
        return EnumSet.of(IN, PIPELINE, OUT, VIRGIN, COMMAND);
    }

    /** As Mailman calls it. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}

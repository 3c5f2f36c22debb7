// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp;

import java.util.Locale;

/**
 * What is asked of a side.
 *
 * @param size of a message, in octets
 * @param recipients of a message
 * @param sessions at once
 * @param keepsConnections whether a session has one connection for all its messages, or one for each
 */
public record Workload(int size, int recipients, int sessions, boolean keepsConnections) {
    /** In words, as a row of a table begins. */
    public String words() {
        return String.format(
                Locale.ROOT,
                "%s, %s, %s, %s",
                sizeWords(),
                count(recipients, "recipient"),
                count(sessions, "session"),
                keepsConnections ? "kept" : "new");
    }

    /** The size in words. */
    public String sizeWords() {
        return size % 1_024 == 0 ? size / 1_024 + " KB" : size + " octets";
    }

    private static String count(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server.explain;

import org.jamesmailman.mailman.message.HeapMessage;

/**
 * A message as a client would send it: an archive keeps messages with the line ends of its machine, and on the wire
 * each line ends with CRLF (RFC 5321 2.3.8), the last one too. A CR that stands alone is content.
 */
final class WireForm {
    private WireForm() {}

    /**
     * That form of a message.
     *
     * @param message not changed, nor copied when it is in that form already
     */
    static HeapMessage of(byte[] message) {
        int bareLineFeeds = bareLineFeeds(message);
        boolean endsWithLine = message.length == 0 || message[message.length - 1] == '\n';
        if (bareLineFeeds == 0 && endsWithLine) {
            return new HeapMessage(message);
        }
        byte[] wire = new byte[Math.addExact(message.length, bareLineFeeds + (endsWithLine ? 0 : 2))];
        int length = 0;
        for (int i = 0; i < message.length; i++) {
            if (isBareLineFeed(message, i)) {
                wire[length++] = '\r';
            }
            wire[length++] = message[i];
        }
        if (!endsWithLine) {
            wire[length++] = '\r';
            wire[length++] = '\n';
        }
        return new HeapMessage(wire, length);
    }

    private static int bareLineFeeds(byte[] message) {
        int count = 0;
        byte before = 0;
        for (byte octet : message) {
            if (octet == '\n' && before != '\r') {
                count++;
            }
            before = octet;
        }
        return count;
    }

    private static boolean isBareLineFeed(byte[] message, int i) {
        return message[i] == '\n' && (i == 0 || message[i - 1] != '\r');
    }
}

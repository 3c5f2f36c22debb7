// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

/**
 * Whether a part's content is base64: groups of four characters, the last one padded (RFC 2045 6.8), as Python's
 * {@code email._encoded_words.decode_b} takes without a defect. Blanks do not count, as RFC 2045 wants it. A line that
 * is too long to be kept, against 76 characters that are allowed, is no base64.
 */
final class Base64Check implements ContentCheck {
    private static final boolean[] ALPHABET = alphabet();

    private boolean sound = true;
    private int inGroup;
    private int padding;

    private static boolean[] alphabet() {
        boolean[] alphabet = new boolean[256];
        for (char c : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".toCharArray()) {
            alphabet[c] = true;
        }
        return alphabet;
    }

    @Override
    public void add(LineReader line) {
        sound &= !line.isCut();
        byte[] buffer = line.buffer();
        for (int i = line.start(); sound && i < line.contentEnd(); i++) {
            add(buffer[i]);
        }
    }

    private void add(byte octet) {
        if (ALPHABET[octet & 0xFF]) {
            sound = padding == 0;
            inGroup = (inGroup + 1) & 3;
        } else if (octet == '=') {
            padding++;
            sound = inGroup + padding <= 4 && inGroup >= 2;
        } else {
            sound = octet == ' ' || octet == '\t';
        }
    }

    @Override
    public boolean isSound() {
        return sound && (padding == 0 ? inGroup == 0 : inGroup + padding == 4);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

/**
 * Whether a part's content is quoted-printable (RFC 2045 6.7): each {@code =} begins an octet, in digits of either
 * case, or a soft line break, perhaps with blanks before the line's end; everything else is printable ASCII or a tab. A
 * line that is too long to be kept, against 76 characters that are allowed, is not.
 */
final class QuotedPrintableCheck implements ContentCheck {
    private boolean sound = true;

    @Override
    public void add(LineReader line) {
        sound &= !line.isCut();
        byte[] buffer = line.buffer();
        int end = line.contentEnd();
        int i = line.start();
        while (sound && i < end) {
            byte octet = buffer[i];
            if (octet != '=') {
                sound = (octet >= ' ' && octet <= '~') || octet == '\t';
                i++;
            } else if (i + 2 < end && ContinuedParameter.hex((char) buffer[i + 1], (char) buffer[i + 2]) >= 0) {
                i += 3;
            } else {
                sound = isBlank(buffer, i + 1, end);
                i = end;
            }
        }
    }

    private static boolean isBlank(byte[] buffer, int from, int end) {
        for (int i = from; i < end; i++) {
            if (buffer[i] != ' ' && buffer[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean isSound() {
        return sound;
    }
}

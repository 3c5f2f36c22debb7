// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.verdict;

import java.util.regex.Pattern;

/**
 * A reply on the wire: RFC 5321 code, RFC 3463 enhanced code, and one line of printable ASCII for the sender's eyes.
 *
 * @param code three digits, 200 to 299 or 400 to 559
 * @param enhanced as {@code 5.1.1}; its class is the code's first digit
 * @param text public: it reaches the sender in a DSN, so it names the address and the reason, and nothing private
 */
public record Reply(int code, String enhanced, String text) {
    /** RFC 5321 4.5.3.1.5: a reply line is at most 512 octets, code, blank and CRLF included. */
    private static final int MAX_TEXT_LENGTH = 480;

    /** RFC 3463 2; there is none for the class 3 (RFC 2034 4). */
    private static final Pattern ENHANCED_CODE = Pattern.compile("[245]\\.[0-9]{1,3}\\.[0-9]{1,3}");

    public Reply {
        boolean wellFormed = ENHANCED_CODE.matcher(enhanced).matches();
        if (code < 200 || code > 559 || !wellFormed || enhanced.charAt(0) - '0' != code / 100) {
            throw new IllegalArgumentException("no reply has the codes " + code + " " + enhanced);
        }
        text = Printable.ascii(text, MAX_TEXT_LENGTH);
    }

    /** Whether the recipient's mail is ours from here on. */
    public boolean isAccepting() {
        return code < 300;
    }

    /** The enhanced code and the text, as they follow the code on the wire. */
    public String enhancedText() {
        return enhanced + ' ' + text;
    }

    @Override
    public String toString() {
        return code + " " + enhancedText();
    }
}

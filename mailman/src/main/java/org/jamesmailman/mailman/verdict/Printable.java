// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.verdict;

/** Makes text that an outsider may have shaped fit for a reply or a log line. */
public final class Printable {
    private Printable() {}

    /**
     * The text with everything but printable ASCII replaced by {@code ?}, cut to a length. So neither a line end nor a
     * terminal's escape sequence gets from an address or a header into a reply or a log.
     *
     * @param text any text
     * @param maxLength in characters
     */
    public static String ascii(String text, int maxLength) {
        int length = Math.min(text.length(), maxLength);
        StringBuilder printable = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            printable.append(c >= ' ' && c <= '~' ? c : '?');
        }
        return printable.toString();
    }

    /**
     * An address as it may stand in a log line. A quoted local part may hold anything: what could end the address
     * there, and begin another field of the line, is replaced, too.
     *
     * @param address as the client gave it
     * @param maxLength in characters
     */
    public static String address(String address, int maxLength) {
        return ascii(address, maxLength).replaceAll("[ \"<>]", "?");
    }

    /**
     * Text as it may stand between quotes in a log line.
     *
     * @param text any text
     * @param maxLength in characters
     */
    public static String quoted(String text, int maxLength) {
        return ascii(text, maxLength).replace('"', '?');
    }
}

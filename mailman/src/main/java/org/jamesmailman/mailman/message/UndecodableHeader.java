// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Finds headers on which Python is certain to raise when it decodes them, {@code make_header(decode_header(value))} of
 * {@code email.header}: for a charset that no Python knows, octets that mean nothing in their charset, or base64 of a
 * length that none has. Where it is not certain, the answer is no.
 */
final class UndecodableHeader {
    private boolean raises;
    private boolean uncertain;
    private String charset = "";
    private final ByteArrayOutputStream run = new ByteArrayOutputStream();

    private UndecodableHeader() {}

    /** @param value ISO-8859-1, with its line ends */
    static boolean isUndecodable(String value) {
        // Python decodes no encoded words beside raw octets above 127.
        if (!value.contains("=?") || !PythonText.isAscii(value)) {
            return false;
        }
        UndecodableHeader header = new UndecodableHeader();
        PythonText.lines(value).forEach(header::addLine);
        header.endRun();
        return header.raises;
    }

    private void addLine(String line) {
        WordScanner scanner = new WordScanner(line);
        int from = 0;
        for (Optional<Word> word = scanner.next(); word.isPresent(); word = scanner.next()) {
            endRunUnlessBlank(line.substring(from, scanner.wordStart()));
            addWord(word.get());
            from = scanner.wordEnd();
        }
        endRunUnlessBlank(line.substring(from));
    }

    private void addWord(Word word) {
        Optional<byte[]> octets = word.octets();
        String label = word.charset().orElse(HeaderCharset.US_ASCII);
        // A word that is blank before it is decoded may be overlooked, and joins what is around it.
        boolean blank = PythonText.isBlank(word.text());
        uncertain |= blank;
        raises |= octets.isEmpty() || (!blank && octets.get().length > 0 && !PythonCharsets.mayKnow(label));
        if (!label.equals(charset)) {
            endRun();
            charset = label;
        }
        octets.ifPresent(run::writeBytes);
    }

    /** RFC 2047 6.2: blanks between encoded words do not count. */
    private void endRunUnlessBlank(String text) {
        if (!PythonText.isBlank(text)) {
            endRun();
        }
    }

    private void endRun() {
        raises |= !uncertain
                && HeaderCharset.named(charset)
                        .filter(known -> isDecodedAlike(known.decoder()))
                        .filter(known -> known.decode(run.toByteArray()).isEmpty())
                        .isPresent();
        run.reset();
        charset = "";
    }

    /** Whether Java and Python agree on what is malformed: in UTF-8, and where an octet is a character. */
    private static boolean isDecodedAlike(Charset decoder) {
        return decoder.equals(StandardCharsets.UTF_8) || decoder.newEncoder().maxBytesPerChar() <= 1;
    }
}

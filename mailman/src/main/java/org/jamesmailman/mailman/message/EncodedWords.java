// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The encoded words of a header (RFC 2047), decoded to the string that Python makes of them:
 * {@code str(make_header(decode_header(value)))} of {@code email.header}.
 */
final class EncodedWords {
    private EncodedWords() {}

    /**
     * Decodes a header.
     *
     * @param value ISO-8859-1, with its line ends
     * @return nothing when Python raises, or may decode otherwise than we do
     */
    static Optional<String> decode(String value) {
        String shown = PythonText.withoutEightBit(value);
        // Python decodes no encoded words beside raw octets above 127.
        if (!shown.equals(value) || new WordScanner(shown).next().isEmpty()) {
            return Optional.of(shown);
        }
        List<Word> words = new ArrayList<>();
        PythonText.lines(shown).forEach(line -> addWords(line, words));
        dropBlanksBetween(words);
        return decoded(words);
    }

    private static void addWords(String line, List<Word> words) {
        WordScanner scanner = new WordScanner(line);
        int from = 0;
        Optional<Word> encoded = scanner.next();
        while (encoded.isPresent()) {
            addPlain(line, from, scanner.wordStart(), words);
            words.add(encoded.get());
            from = scanner.wordEnd();
            encoded = scanner.next();
        }
        addPlain(line, from, line.length(), words);
    }

    private static void addPlain(String line, int from, int to, List<Word> words) {
        String text = line.substring(from, to);
        String plain = from == 0 ? PythonText.stripLeading(text) : text;
        if (!plain.isEmpty()) {
            words.add(Word.plain(plain));
        }
    }

    /** RFC 2047 6.2: blanks between encoded words do not count. To Python, an encoded word may itself be the blank. */
    private static void dropBlanksBetween(List<Word> words) {
        TreeSet<Integer> blanks = new TreeSet<>();
        for (int i = 2; i < words.size(); i++) {
            Word between = words.get(i - 1);
            if (words.get(i).isEncoded()
                    && words.get(i - 2).isEncoded()
                    && !between.text().isEmpty()
                    && PythonText.isBlank(between.text())) {
                blanks.add(i - 1);
            }
        }
        blanks.descendingIterator().forEachRemaining(i -> words.remove(i.intValue()));
    }

    private static Optional<String> decoded(List<Word> words) {
        HeaderText header = new HeaderText();
        int i = 0;
        while (i < words.size()) {
            Optional<String> charset = words.get(i).charset();
            ByteArrayOutputStream run = new ByteArrayOutputStream();
            for (int first = i; i < words.size() && words.get(i).charset().equals(charset); i++) {
                if (i > first && charset.isEmpty()) {
                    run.write(' ');
                }
                Optional<byte[]> octets = words.get(i).octets();
                if (octets.isEmpty()) {
                    return Optional.empty();
                }
                run.writeBytes(octets.get());
            }
            if (!header.append(run.toByteArray(), charset.orElse(HeaderCharset.US_ASCII))) {
                return Optional.empty();
            }
        }
        return Optional.of(header.text());
    }
}

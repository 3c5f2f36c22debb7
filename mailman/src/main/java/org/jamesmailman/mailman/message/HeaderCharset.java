// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A charset that Java decodes to the very characters that Python does; a test compares all octets. Others are left to
 * Python.
 *
 * @param name as {@code email.charset.Charset} calls it: two names of one charset are two charsets to Python where its
 *     table of aliases lacks them
 * @param decoder Java's
 */
record HeaderCharset(String name, Charset decoder) {
    static final String US_ASCII = "us-ascii";

    private static final Map<String, HeaderCharset> BY_LABEL = table();

    private static Map<String, HeaderCharset> table() {
        Map<String, HeaderCharset> table = new HashMap<>();
        for (String label : new String[] {
            "us-ascii",
            "utf-8",
            "iso-8859-1",
            "iso-8859-2",
            "iso-8859-5",
            "iso-8859-7",
            "iso-8859-9",
            "iso-8859-13",
            "iso-8859-15",
            "windows-1250",
            "windows-1251",
            "windows-1252",
            "windows-1253",
            "windows-1254",
            "windows-1257",
            "koi8-r",
            "koi8-u"
        }) {
            add(table, label, label, label);
        }
        add(table, "ascii", US_ASCII, US_ASCII);
        add(table, "utf8", "utf8", "utf-8");
        add(table, "latin1", "latin1", "iso-8859-1");
        add(table, "iso8859-1", "iso8859-1", "iso-8859-1");
        add(table, "iso_8859-1", "iso_8859-1", "iso-8859-1");
        add(table, "latin-1", "iso-8859-1", "iso-8859-1");
        add(table, "cp1252", "cp1252", "windows-1252");
        return Map.copyOf(table);
    }

    private static void add(Map<String, HeaderCharset> table, String label, String name, String javaName) {
        // A small Java runtime may lack some.
        if (Charset.isSupported(javaName)) {
            table.put(label, new HeaderCharset(name, Charset.forName(javaName)));
        }
    }

    /** The charset that a label in any case means, if we know it. */
    static Optional<HeaderCharset> named(String label) {
        return Optional.ofNullable(BY_LABEL.get(label.toLowerCase(Locale.ROOT)));
    }

    /** The labels that are known, for the test that compares them. */
    static Iterable<String> labels() {
        return BY_LABEL.keySet();
    }

    boolean isUsAscii() {
        return name.equals(US_ASCII);
    }

    /** The text, or nothing when an octet means nothing in this charset: Python raises then. */
    Optional<String> decode(byte[] octets) {
        try {
            return Optional.of(decoder.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(octets))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}

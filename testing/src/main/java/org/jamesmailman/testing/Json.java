// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON (RFC 8259) of a program that we trust, into strings, {@link BigDecimal}s, booleans, lists and maps;
 * {@code null} becomes {@link #NULL}. Here so that the tests' clients need no library. Not thread-safe.
 */
final class Json {
    /** Stands for JSON's {@code null}, so that collections need not hold one. */
    static final Object NULL = new Object() {
        @Override
        public String toString() {
            return "null";
        }
    };

    private final String text;
    private int position;

    private Json(String text) {
        this.text = text;
    }

    /** Reads an object. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> object(String text) {
        return (Map<String, Object>) new Json(text).document();
    }

    private Object document() {
        Object value = value();
        skipBlanks();
        if (position != text.length()) {
            throw wrong("the end");
        }
        return value;
    }

    private Object value() {
        skipBlanks();
        return switch (peek()) {
            case '{' -> members();
            case '[' -> elements();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", NULL);
            default -> number();
        };
    }

    private Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        expect('{');
        if (closes('}')) {
            return members;
        }
        do {
            skipBlanks();
            String name = string();
            skipBlanks();
            expect(':');
            members.put(name, value());
        } while (continues('}'));
        return members;
    }

    private List<Object> elements() {
        List<Object> elements = new ArrayList<>();
        expect('[');
        if (closes(']')) {
            return elements;
        }
        do {
            elements.add(value());
        } while (continues(']'));
        return elements;
    }

    private boolean closes(char end) {
        skipBlanks();
        if (peek() == end) {
            position++;
            return true;
        }
        return false;
    }

    private boolean continues(char end) {
        if (closes(end)) {
            return false;
        }
        expect(',');
        return true;
    }

    private String string() {
        expect('"');
        StringBuilder string = new StringBuilder();
        while (peek() != '"') {
            char c = text.charAt(position++);
            string.append(c == '\\' ? escaped() : c);
        }
        position++;
        return string.toString();
    }

    private char escaped() {
        char c = text.charAt(position++);
        return switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                position += 4;
                yield (char) Integer.parseInt(text.substring(position - 4, position), 16);
            }
            default -> c;
        };
    }

    private BigDecimal number() {
        int start = position;
        while (position < text.length() && "+-.0123456789Ee".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
        if (start == position) {
            throw wrong("a value");
        }
        return new BigDecimal(text.substring(start, position));
    }

    private Object word(String word, Object value) {
        if (!text.startsWith(word, position)) {
            throw wrong(word);
        }
        position += word.length();
        return value;
    }

    private void skipBlanks() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    private char peek() {
        if (position >= text.length()) {
            throw wrong("more");
        }
        return text.charAt(position);
    }

    private void expect(char c) {
        if (peek() != c) {
            throw wrong("'" + c + "'");
        }
        position++;
    }

    private IllegalArgumentException wrong(String wanted) {
        return new IllegalArgumentException("not JSON: " + wanted + " expected at " + position + " of: " + text);
    }
}

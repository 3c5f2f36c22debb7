// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The tokens of an address header: atoms, quoted strings, comments, domain literals (RFC 5322 3.2, 3.4.1). */
final class AddressScanner {
    private static final String BLANKS = " \t\r\n";
    private static final String ATOM_ENDS = "()<>@,:;.\"[]" + BLANKS;
    /** An obsolete phrase may hold dots (RFC 5322 4.1). */
    private static final String PHRASE_ENDS = "()<>@,:;\"[]" + BLANKS;

    private static final int MAX_COMMENT_DEPTH = 32;

    private final String text;
    private int position;
    private boolean tooDeep;

    AddressScanner(String text) {
        this.text = text;
    }

    int position() {
        return position;
    }

    void goTo(int newPosition) {
        position = newPosition;
    }

    boolean isAtEnd() {
        return position >= text.length();
    }

    boolean isAt(char c) {
        return !isAtEnd() && text.charAt(position) == c;
    }

    private boolean isAtOneOf(String characters) {
        return !isAtEnd() && characters.indexOf(text.charAt(position)) >= 0;
    }

    void skipOne() {
        position++;
    }

    /** Whether comments are nested so deeply that the result does not count. */
    boolean isTooDeep() {
        return tooDeep;
    }

    /** Skips, and tells which blanks and tabs it skipped. */
    String skipBlanksAndComments() {
        StringBuilder blanks = new StringBuilder();
        while (!isAtEnd()) {
            if (isAt(' ') || isAt('\t')) {
                blanks.append(text.charAt(position++));
            } else if (isAtOneOf(BLANKS)) {
                position++;
            } else if (isAt('(')) {
                comment();
            } else {
                break;
            }
        }
        return blanks.toString();
    }

    /** The words before an address: atoms and quoted strings. */
    List<String> phrase() {
        List<String> words = new ArrayList<>();
        while (!isAtEnd()) {
            if (isAtOneOf(BLANKS)) {
                position++;
            } else if (isAt('"')) {
                words.add(delimited('"'));
            } else if (isAt('(')) {
                comment();
            } else if (isAtOneOf(PHRASE_ENDS)) {
                break;
            } else {
                words.add(atom(PHRASE_ENDS));
            }
        }
        return words;
    }

    /** What may stand before the at sign; blanks are kept but beside dots and at the end. */
    String localPart() {
        Deque<String> pieces = new ArrayDeque<>();
        skipBlanksAndComments();
        while (!isAtEnd()) {
            if (isAt('.')) {
                dropBlank(pieces);
                pieces.addLast(".");
                position++;
                skipBlanksAndComments();
                continue;
            }
            if (isAt('"')) {
                pieces.addLast('"' + ContentTypeParameters.quote(delimited('"')) + '"');
            } else if (isAtOneOf(ATOM_ENDS)) {
                dropBlank(pieces);
                break;
            } else {
                pieces.addLast(atom(ATOM_ENDS));
            }
            String blanks = skipBlanksAndComments();
            if (!blanks.isEmpty()) {
                pieces.addLast(blanks);
            }
        }
        return String.join("", pieces);
    }

    private static void dropBlank(Deque<String> pieces) {
        if (!pieces.isEmpty() && PythonText.isBlank(pieces.getLast())) {
            pieces.removeLast();
        }
    }

    /** A domain, empty when there is none or when a second at sign follows it. */
    String domain() {
        StringBuilder domain = new StringBuilder();
        while (!isAtEnd()) {
            if (isAt(' ') || isAt('\t')) {
                position++;
            } else if (isAt('(')) {
                comment();
            } else if (isAt('[')) {
                domain.append('[').append(delimited(']')).append(']');
            } else if (isAt('.')) {
                position++;
                domain.append('.');
            } else if (isAt('@')) {
                return "";
            } else if (isAtOneOf(ATOM_ENDS)) {
                break;
            } else {
                domain.append(atom(ATOM_ENDS));
            }
        }
        return domain.toString();
    }

    private String atom(String ends) {
        int start = position;
        while (!isAtEnd() && ends.indexOf(text.charAt(position)) < 0) {
            position++;
        }
        return text.substring(start, position);
    }

    /** What stands up to the closing delimiter, without the backslashes that escape characters. */
    private String delimited(char close) {
        StringBuilder content = new StringBuilder();
        position++;
        boolean escaped = false;
        while (!isAtEnd()) {
            char c = text.charAt(position++);
            if (escaped) {
                content.append(c);
                escaped = false;
            } else if (c == close || c == '\r') {
                break;
            } else if (c == '\\') {
                escaped = true;
            } else {
                content.append(c);
            }
        }
        return content.toString();
    }

    private void comment() {
        int depth = 0;
        boolean escaped = false;
        do {
            char c = text.charAt(position++);
            if (escaped) {
                escaped = false;
            } else if (c == '(') {
                depth++;
                tooDeep |= depth > MAX_COMMENT_DEPTH;
            } else if (c == ')' || c == '\r') {
                depth--;
            } else if (c == '\\') {
                escaped = true;
            }
        } while (depth > 0 && !isAtEnd());
    }
}

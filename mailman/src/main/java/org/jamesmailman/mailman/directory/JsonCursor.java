// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;
import org.jamesmailman.mailman.verdict.Printable;

/**
 * Walks a JSON document and takes nothing for granted: what is not as expected becomes a {@link DirectoryException}
 * that names the file, the line, the key, and what to write.
 */
final class JsonCursor {
    private static final int MAX_QUOTED = 80;

    private final JsonParser parser;
    private final String file;
    private String key = "the document";

    JsonCursor(JsonParser parser, String file) {
        this.parser = parser;
        this.file = file;
    }

    /** Reads one value; on return the parser stands at its last token. */
    @FunctionalInterface
    interface Value {
        void read() throws IOException, DirectoryException;
    }

    /** Reads the value of a key, or says that there is no such key. */
    @FunctionalInterface
    interface Keys {
        boolean read(String key) throws IOException, DirectoryException;
    }

    /** Steps to the next token, which starts a value. */
    void next() throws IOException {
        parser.nextToken();
    }

    /** Makes sure that nothing follows the document. */
    void expectEnd() throws DirectoryException {
        if (parser.currentToken() != null) {
            throw error("something follows the closing brace; remove it");
        }
    }

    boolean isString() {
        return parser.currentToken() == JsonToken.VALUE_STRING;
    }

    boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    /**
     * Reads the object at which the parser stands.
     *
     * @param known the keys there are, for the message about one that is not
     */
    void object(String known, Keys keys) throws IOException, DirectoryException {
        expect(JsonToken.START_OBJECT, "an object in {}");
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            key = quoted(name);
            parser.nextToken();
            if (!keys.read(name)) {
                throw error("there is no key " + quoted(name) + " here; the keys are " + known);
            }
        }
    }

    /** Reads the array at which the parser stands. */
    void array(Value element) throws IOException, DirectoryException {
        expect(JsonToken.START_ARRAY, "an array in []");
        String name = key;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            key = name;
            element.read();
        }
    }

    /** The string at which the parser stands, of at most so many characters. */
    String string(int maxLength) throws IOException, DirectoryException {
        expect(JsonToken.VALUE_STRING, "a string in quotes");
        if (parser.getTextLength() > maxLength) {
            throw error(key + " is longer than " + maxLength + " characters; shorten it");
        }
        return parser.getText();
    }

    /** As {@link #string}; empty for null. */
    Optional<String> stringOrNull(int maxLength) throws IOException, DirectoryException {
        return isNull() ? Optional.empty() : Optional.of(string(maxLength));
    }

    boolean bool() throws IOException, DirectoryException {
        if (parser.currentToken() == JsonToken.VALUE_TRUE) {
            return true;
        }
        expect(JsonToken.VALUE_FALSE, "true or false");
        return false;
    }

    int integer() throws IOException, DirectoryException {
        expect(JsonToken.VALUE_NUMBER_INT, "a whole number");
        return parser.getIntValue();
    }

    /** An error at the place where the parser stands; what is wrong is a clause without a full stop. */
    DirectoryException error(String what) {
        return new DirectoryException(
                file + ", line " + parser.currentLocation().getLineNr() + ": " + what + ".");
    }

    /** As {@link #error}, for the value of the key that is being read. */
    DirectoryException valueError(String what) {
        return error(key + " " + what);
    }

    private void expect(JsonToken token, String words) throws IOException, DirectoryException {
        if (parser.currentToken() != token) {
            String found = parser.currentToken() == null ? "the end of the file" : quoted(parser.getText());
            throw error(key + " must be " + words + ", but " + found + " stands there");
        }
    }

    static String quoted(String text) {
        return '"' + Printable.ascii(text, MAX_QUOTED) + '"';
    }
}

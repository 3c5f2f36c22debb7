// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server.explain;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionReaderTest {
    private static final String MESSAGE = "From: a@b\r\n\r\n\u00ff\0>?\r\n";

    private final QuestionReader reader = new QuestionReader();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"mailFrom\":\"a@b\",\"rcpt\":\"c@d\",\"message\":\"M\"}",
                " { \"message\" : \"M\" , \"rcpt\" : \"c@d\" , \"mailFrom\" : \"a@b\" } \r",
                "{\"mailFrom\":\"a\\u0040b\",\"rcpt\":\"c@\\u0064\",\"message\":\"M\"}",
                "{\"m\\u0061ilFrom\":\"a@b\",\"rcpt\":\"c@d\",\"message\":\"M\"}",
            })
    void readsTheThreeKeys(String line) throws UnreadableLineException {
        String base64 = Base64.getEncoder().encodeToString(MESSAGE.getBytes(ISO_8859_1));

        Question question = read(line.replace("\"M\"", "\"" + base64 + "\""));

        assertThat(question.mailFrom()).isEqualTo("a@b");
        assertThat(question.recipient()).isEqualTo("c@d");
        assertThat(text(question)).isEqualTo(MESSAGE);
    }

    @Test
    void readsBase64ThatIsEscapedOrBroken() throws UnreadableLineException {
        // PHP escapes slashes, and Python's encodebytes breaks lines.
        assertThat(text(read(line("Pz8\\/\\nPz8/\\n")))).isEqualTo("??????\r\n");
    }

    @Test
    void readsAnEmptyMessageAndTheNullReversePath() throws UnreadableLineException {
        Question question = read("{\"mailFrom\":\"\",\"rcpt\":\"c@d\",\"message\":\"\"}");

        assertThat(question.mailFrom()).isEmpty();
        assertThat(text(question)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "                                                   | the line is empty",
                "   \t\r                                            | the line is empty",
                "[]                                                 | the line holds no object",
                "\"x\"                                              | the line holds no object",
                "{                                                  | this is not JSON",
                "{\"mailFrom\":                                     | this is not JSON",
                "nonsense                                           | this is not JSON",
                "{}                                                 | the key \"mailFrom\" is missing",
                "{\"mailFrom\":\"\"}                                | the key \"rcpt\" is missing",
                "{\"mailFrom\":\"\",\"rcpt\":\"a@b\"}               | the key \"message\" is missing",
                "{\"mailfrom\":\"\"}                                | there is no key \"mailfrom\"",
                "{\"\\u001b[31m\":\"\"}                             | there is no key \"?[31m\"",
                "{\"rcpt\":\"\",\"rcpt\":\"\"}                      | the key \"rcpt\" stands there twice",
                "{\"rcpt\":null}                                    | the value of \"rcpt\" is no string",
                "{\"rcpt\":1}                                       | the value of \"rcpt\" is no string",
                "{\"rcpt\":[[[[{\"rcpt\":\"\"}]]]]}                 | the value of \"rcpt\" is no string",
                "{\"message\":{}}                                   | the value of \"message\" is no string",
                "{\"message\":\"QQ\"}                               | the value of \"message\" is not base64",
                "{\"message\":\"Q*==\"}                             | the value of \"message\" is not base64",
                "{\"message\":\"QQ==QQ==\"}                         | the value of \"message\" is not base64",
            })
    void saysWhatIsWrong(String line, String sentence) {
        assertThatThrownBy(() -> read(line == null ? "" : line))
                .isInstanceOf(UnreadableLineException.class)
                .message()
                .startsWith(sentence)
                .matches("[ -~]+");
    }

    @Test
    void saysThatSomethingFollows() {
        assertThatThrownBy(() -> read(line("QQ==") + " {}"))
                .isInstanceOf(UnreadableLineException.class)
                .hasMessage("something follows the closing brace");
    }

    @Test
    void refusesOctetsThatAreNoUtf8() {
        byte[] line = "{\"mailFrom\":\"\u00ff\"}".getBytes(ISO_8859_1);

        assertThatThrownBy(() -> reader.read(line))
                .isInstanceOf(UnreadableLineException.class)
                .hasMessageStartingWith("this is not JSON");
    }

    private static String line(String base64) {
        return "{\"mailFrom\":\"\",\"rcpt\":\"c@d\",\"message\":\"" + base64 + "\"}";
    }

    private static String text(Question question) {
        try (InputStream message = question.message().openStream()) {
            return new String(message.readAllBytes(), ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Question read(String line) throws UnreadableLineException {
        return reader.read(line.getBytes(UTF_8));
    }
}

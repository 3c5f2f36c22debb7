// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.extension;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jamesmailman.mailman.message.MimeDefect;
import org.jamesmailman.mailman.message.NamedDefect;
import org.jamesmailman.mailman.verdict.Replies;
import org.jamesmailman.mailman.verdict.Reply;
import org.junit.jupiter.api.Test;

/** What the documentation quotes, replies, defects and sentences of the log, is what the code says; and all of it. */
class DocumentedSentencesTest {
    private static final Pattern REPLY = Pattern.compile("[245][0-9]{2} [245]\\.[0-9]+\\.[0-9]+ .+");

    /** {@code new Reply(503, "5.5.1", "text")}, perhaps with a name in its middle. */
    private static final Pattern REPLY_IN_SOURCE = Pattern.compile(
            "new Reply\\( ?([0-9]+), \"([0-9.]+)\", \"([^\"]*)\"(?: \\+ [^\"]+ \\+ \"([^\"]*)\")? ?\\)");

    /** What is logged, or ends the start. */
    private static final Pattern SENTENCE = Pattern.compile(
            "(?:LOGGER\\.(?:info|warn|error)|new (?:Settings|QueueSetup|StartUp|Directory|Listener)Exception)\\(([^;]+);");

    private static final Pattern CODE_SPAN = Pattern.compile("`([^`]+)`");

    /** Three of them make a sentence. */
    private static final Pattern WORDS = Pattern.compile("\\S+ \\S+ \\S+");

    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final int LEAST_TELLING_LENGTH = 10;

    @Test
    void repliesAreListedWordForWord() throws IOException {
        List<String> documented = ProjectFiles.page("docs/replies.md").codeSpans().stream()
                .filter(span -> REPLY.matcher(span).matches())
                .distinct()
                .sorted()
                .toList();

        assertThat(documented)
                .isEqualTo(Stream.concat(replies(), repliesOfHandlers())
                        .distinct()
                        .sorted()
                        .toList());
    }

    @Test
    void defectsAreListedWithTheirSentences() {
        String prose = String.join(
                "\n", ProjectFiles.page("docs/mailets/RejectMalformedMime.md").prose());

        for (NamedDefect defect : NamedDefect.all()) {
            assertThat(prose).contains("| `" + defect.defectName() + "` | " + defect.explanation() + " |");
        }
        for (MimeDefect defect : MimeDefect.values()) {
            assertThat(prose).contains(" " + defect.explanation() + " | `" + defect.pythonName() + "` |");
        }
    }

    @Test
    void sentencesOfTheTroubleshooterAreThoseOfTheCode() throws IOException {
        String code = ProjectFiles.sources().replaceAll("\"\\s*\\+\\s*\"", "").replace("\\\"", "\"");

        assertThat(documentedPieces()).isNotEmpty();
        assertThat(documentedPieces().stream().filter(piece -> !code.contains(piece)))
                .isEmpty();
    }

    @Test
    void sentencesOfTheCodeAreInTheTroubleshooter() throws IOException {
        String page = ProjectFiles.read("docs/troubleshooting.md").replaceAll("\\s+", " ");
        List<String> documented = documentedPieces();
        List<List<String>> sentences = SENTENCE.matcher(ProjectFiles.sources())
                .results()
                .map(found -> pieces(found.group(1)))
                .filter(pieces -> !pieces.isEmpty())
                .toList();

        assertThat(sentences).isNotEmpty();
        assertThat(sentences.stream().filter(pieces -> pieces.stream()
                        .noneMatch(piece ->
                                page.contains(piece) || documented.stream().anyMatch(piece::contains))))
                .isEmpty();
    }

    /** What the troubleshooter quotes, without what is filled in and the punctuation around it. */
    private static List<String> documentedPieces() {
        return ProjectFiles.page("docs/troubleshooting.md").prose().stream()
                .filter(line -> line.startsWith("| "))
                .flatMap(line -> CODE_SPAN.matcher(line).results())
                .map(found -> found.group(1))
                .filter(span -> WORDS.matcher(span).find())
                .flatMap(span -> Arrays.stream(span.split("\\.\\.\\.")))
                .map(piece -> piece.replaceAll("^[^A-Za-z]+|[^A-Za-z]+$", ""))
                .filter(piece -> piece.length() >= LEAST_TELLING_LENGTH)
                .toList();
    }

    /** The parts of a sentence that tell it from others: the longer ones, or else the longest. */
    private static List<String> pieces(String statement) {
        List<String> all = LITERAL.matcher(statement.replaceAll("\"\\s*\\+\\s*\"", ""))
                .results()
                .flatMap(literal -> Arrays.stream(literal.group(1).split("\\{\\}")))
                .map(piece -> piece.replace("\\\"", "\"").strip())
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        List<String> telling = all.stream()
                .filter(piece -> piece.length() >= LEAST_TELLING_LENGTH)
                .toList();
        return telling.isEmpty() ? all.stream().limit(1).toList() : telling;
    }

    private static Stream<String> replies() {
        return Arrays.stream(Replies.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> method.getReturnType() == Reply.class)
                .map(DocumentedSentencesTest::reply);
    }

    private static String reply(Method method) {
        Object[] arguments = Arrays.stream(method.getParameters())
                .map(DocumentedSentencesTest::argument)
                .toArray();
        try {
            return method.invoke(null, arguments).toString().replace("<RECIPIENT>", "<ADDRESS>");
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static Object argument(Parameter parameter) {
        return parameter.getType() == long.class
                ? (Object) (32L << 20)
                : parameter.getName().toUpperCase(Locale.ROOT);
    }

    private static Stream<String> repliesOfHandlers() throws IOException {
        String code = ProjectFiles.readAll("lmtp/src/main", ".java").replaceAll("\\s+", " ");
        return REPLY_IN_SOURCE
                .matcher(code)
                .results()
                .map(found -> found.group(1) + " " + found.group(2) + " " + found.group(3)
                        + (found.group(4) == null ? "" : "NAME" + found.group(4)));
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.mailet.Mailet;
import org.apache.mailet.Matcher;
import org.jamesmailman.mailman.configuration.Settings;
import org.jamesmailman.mailman.configuration.SettingsException;
import org.jamesmailman.mailman.message.MailmanHazard;
import org.jamesmailman.mailman.message.MimeDefect;
import org.jamesmailman.mailman.verdict.Replies;
import org.jamesmailman.mailman.verdict.Reply;
import org.jamesmailman.testing.MarkdownPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documentation says what the code does: what can be held against the code, is. */
class DocumentationTest {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final List<MarkdownPage> PAGES = MarkdownPage.all(ROOT);
    private static final Pattern REPLY = Pattern.compile("[245][0-9]{2} [245]\\.[0-9]+\\.[0-9]+ .+");

    /** {@code new Reply(503, "5.5.1", "text")}, perhaps with a name in its middle. */
    private static final Pattern REPLY_IN_SOURCE = Pattern.compile(
            "new Reply\\( ?([0-9]+), \"([0-9.]+)\", \"([^\"]*)\"(?: \\+ [^\"]+ \\+ \"([^\"]*)\")? ?\\)");

    /** What is logged, or ends the start. */
    private static final Pattern SENTENCE = Pattern.compile(
            "(?:LOGGER\\.(?:info|warn|error)|new (?:Settings|QueueSetup|StartUp|Directory)Exception)\\(([^;]+);");

    private static final Pattern CODE_SPAN = Pattern.compile("`([^`]+)`");

    /** Three of them make a sentence. */
    private static final Pattern WORDS = Pattern.compile("\\S+ \\S+ \\S+");

    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final int LEAST_TELLING_LENGTH = 10;

    @TempDir
    Path folder;

    @Test
    void linksLeadToPagesAndHeadings() {
        for (MarkdownPage page : PAGES) {
            for (String link : page.links()) {
                if (link.contains("://")) {
                    continue;
                }
                String[] parts = link.split("#", 2);
                Path target = parts[0].isEmpty() ? page.file() : page.file().resolveSibling(parts[0]);
                assertThat(target).as("link %s of %s", link, page.file()).exists();
                if (parts.length == 2) {
                    assertThat(MarkdownPage.read(target).anchors())
                            .as("headings of %s, which %s links to", target, page.file())
                            .contains(parts[1]);
                }
            }
        }
    }

    @Test
    void everyMailetAndMatcherHasItsPage() {
        assertThat(pagesOf("mailets")).isEqualTo(namesOf(Mailet.class));
        assertThat(pagesOf("matchers")).isEqualTo(namesOf(Matcher.class));
    }

    @Test
    void repliesAreListedWordForWord() throws IOException {
        List<String> documented = page("docs/replies.md").codeSpans().stream()
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
    void everyKeyOfTheSettingsIsExplained() throws IOException {
        Path properties = Files.writeString(folder.resolve("mailman.properties"), "no.such.key=1\n");
        List<String> explained = page("docs/configure.md").prose().stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("`", 3)[1])
                .filter(word -> word.contains("."))
                .toList();

        assertThatThrownBy(() -> Settings.load(properties, folder, Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageEndingWith("The keys are " + String.join(", ", explained));
    }

    @Test
    void everyVariableOfTheServerIsExplained() throws IOException {
        String script = Files.readString(ROOT.resolve("james-assembly/server/src/distribution/bin/james-mailman"));
        Pattern variable = Pattern.compile("^# {3}([A-Z_]+) ", Pattern.MULTILINE);

        assertThat(page("docs/configure.md").codeSpans())
                .containsAll(variable.matcher(script)
                        .results()
                        .map(found -> found.group(1))
                        .toList())
                .contains("JAVA_HOME");
    }

    @Test
    void everyPropertyAndEveryEndToEndTestIsExplained() throws IOException {
        Stream<String> properties = Pattern.compile("(?:getInteger|getLong|getProperty)\\(\"(mailman\\.[a-z.]+)\"")
                .matcher(read("mailman/src/test", ".java"))
                .results()
                .map(found -> found.group(1));
        Stream<String> endToEnd = Pattern.compile("^class ([A-Za-z]+IT) ", Pattern.MULTILINE)
                .matcher(read("james-assembly/e2e/src/test", ".java"))
                .results()
                .map(found -> found.group(1));

        assertThat(page("docs/developers/testing.md").codeSpans())
                .containsAll(Stream.concat(properties, endToEnd).toList())
                .contains("mailman.agreement.seed", "WholeWayIT");
    }

    @Test
    void sampleSettingsCanBeLoaded() throws Exception {
        Path cfg = Files.writeString(
                folder.resolve("mailman.cfg"), "[mailman]\nlayout: x\n[paths.x]\nvar_dir: " + folder + "\n");
        String extensions = Files.readString(ROOT.resolve("conf/extensions.properties"));
        for (MarkdownPage page : PAGES) {
            for (MarkdownPage.Sample sample : page.samplesIn("properties")) {
                if (sample.text().startsWith("guice.")) {
                    assertThat(extensions).as("sample of %s", page.file()).contains(sample.text());
                    continue;
                }
                Path properties = Files.writeString(
                        folder.resolve("mailman.properties"),
                        sample.text().replace("/etc/mailman3/mailman.cfg", cfg.toString()));
                assertThat(Settings.load(properties, folder, Map.of("MAILMAN_CFG", cfg.toString())))
                        .as("sample of %s", page.file())
                        .isNotNull();
            }
        }
    }

    @Test
    void samplesForOtherProgramsAreOutOfConf() throws IOException {
        String postfix = read("conf/postfix", "");
        String mailman = Files.readString(ROOT.resolve("conf/mailman.cfg.lines"));
        for (MarkdownPage page : PAGES) {
            for (MarkdownPage.Sample sample : page.samplesIn("main.cf")) {
                assertThat(postfix).as("sample of %s", page.file()).contains(sample.text());
            }
            for (MarkdownPage.Sample sample : page.samplesIn("mailman.cfg")) {
                assertThat(mailman).as("sample of %s", page.file()).contains(sample.text());
            }
        }
    }

    @Test
    void everySampleIsOfAKindThatIsTested() {
        // JSON, XML and Python are loaded by DocumentedSamplesIT; what has no language is no file but a command, or an
        // answer.
        assertThat(PAGES)
                .flatMap(MarkdownPage::samples)
                .extracting(MarkdownPage.Sample::language)
                .containsOnly("properties", "json", "main.cf", "mailman.cfg", "xml", "python", "");
    }

    @Test
    void defectsAreListedWithTheirSentences() {
        String prose =
                String.join("\n", page("docs/mailets/RejectMalformedMime.md").prose());

        for (MimeDefect defect : MimeDefect.values()) {
            assertThat(prose).contains("| `" + defect.pythonName() + "` | " + defect.explanation() + " |");
        }
        for (MailmanHazard hazard : MailmanHazard.values()) {
            assertThat(prose).contains("| " + hazard.explanation() + " |");
        }
    }

    @Test
    void sentencesOfTheTroubleshooterAreThoseOfTheCode() throws IOException {
        String code = sources().replaceAll("\"\\s*\\+\\s*\"", "").replace("\\\"", "\"");

        assertThat(documentedPieces()).isNotEmpty();
        assertThat(documentedPieces().stream().filter(piece -> !code.contains(piece)))
                .isEmpty();
    }

    @Test
    void sentencesOfTheCodeAreInTheTroubleshooter() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/troubleshooting.md")).replaceAll("\\s+", " ");
        List<String> documented = documentedPieces();
        List<List<String>> sentences = SENTENCE.matcher(sources())
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
        return page("docs/troubleshooting.md").prose().stream()
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
                .map(DocumentationTest::reply);
    }

    private static String reply(Method method) {
        Object[] arguments = Arrays.stream(method.getParameters())
                .map(DocumentationTest::argument)
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
        String code = read("lmtp/src/main", ".java").replaceAll("\\s+", " ");
        return REPLY_IN_SOURCE
                .matcher(code)
                .results()
                .map(found -> found.group(1) + " " + found.group(2) + " " + found.group(3)
                        + (found.group(4) == null ? "" : "NAME" + found.group(4)));
    }

    private static String sources() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String room : List.of(
                "mailman", "matchers", "mailets", "lmtp", "james-assembly/extension", "james-assembly/server")) {
            all.append(read(room + "/src/main", ".java"));
        }
        return all.toString();
    }

    /** The files of a folder, one after the other. */
    private static String read(String directory, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve(directory))) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(path -> path.toString().endsWith(ending))
                    .sorted()
                    .toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        }
    }

    private static MarkdownPage page(String file) {
        return MarkdownPage.read(ROOT.resolve(file));
    }

    private static List<String> pagesOf(String kind) {
        return PAGES.stream()
                .map(MarkdownPage::file)
                .filter(file -> file.getParent().endsWith("docs/" + kind))
                .map(file -> file.getFileName().toString().replace(".md", ""))
                .sorted()
                .toList();
    }

    private static List<String> namesOf(Class<?> type) {
        return new ClassFileImporter()
                .importPackages("org.jamesmailman.mailets", "org.jamesmailman.matchers").stream()
                        .filter(candidate -> candidate.isAssignableTo(type))
                        .filter(candidate -> !candidate.getModifiers().contains(JavaModifier.ABSTRACT))
                        .map(JavaClass::getSimpleName)
                        .sorted()
                        .collect(Collectors.toUnmodifiableList());
    }
}

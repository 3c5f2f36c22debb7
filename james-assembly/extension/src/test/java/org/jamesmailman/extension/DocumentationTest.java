// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.mailet.Mailet;
import org.apache.mailet.Matcher;
import org.jamesmailman.mailman.configuration.Settings;
import org.jamesmailman.mailman.configuration.SettingsException;
import org.jamesmailman.testing.MarkdownPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documentation says what the code does: what can be held against the code, is. */
class DocumentationTest {
    private static final Pattern MAILET_OF_OURS = Pattern.compile(
            "<mailet [^>]*class=\"org\\.jamesmailman\\.mailets\\.[A-Za-z]+\"(?:/>|>.*?</mailet>)", Pattern.DOTALL);

    private static final List<MarkdownPage> PAGES = MarkdownPage.all(ProjectFiles.ROOT);

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
    void linksOfTheDistributionLeadToWhatIsInIt() {
        MarkdownPage readme =
                MarkdownPage.read(ProjectFiles.ROOT.resolve("james-assembly/server/src/distribution/README.md"));

        assertThat(readme.links()).isNotEmpty().allSatisfy(link -> {
            assertThat(link).matches("(docs/|LICENSE|CHANGELOG\\.md).*");
            assertThat(ProjectFiles.ROOT.resolve(link)).exists();
        });
    }

    @Test
    void everyMailetAndMatcherHasItsPage() {
        assertThat(pagesOf("mailets")).isEqualTo(namesOf(Mailet.class));
        assertThat(pagesOf("matchers")).isEqualTo(namesOf(Matcher.class));
    }

    @Test
    void everyKeyOfTheSettingsIsExplained() throws IOException {
        Path properties = Files.writeString(folder.resolve("mailman.properties"), "no.such.key=1\n");
        List<String> explained = ProjectFiles.page("docs/configure.md").prose().stream()
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
        String script = ProjectFiles.read("james-assembly/server/src/distribution/bin/james-mailman");
        Pattern variable = Pattern.compile("^# {3}([A-Z_]+) ", Pattern.MULTILINE);

        assertThat(ProjectFiles.page("docs/configure.md").codeSpans())
                .containsAll(variable.matcher(script)
                        .results()
                        .map(found -> found.group(1))
                        .toList())
                .contains("JAVA_HOME");
    }

    @Test
    void everyPropertyAndEveryEndToEndTestIsExplained() throws IOException {
        Stream<String> properties = Pattern.compile("(?:getInteger|getLong|getProperty)\\(\"(mailman\\.[a-z.]+)\"")
                .matcher(ProjectFiles.readAll("mailman/src/test", ".java"))
                .results()
                .map(found -> found.group(1));
        Stream<String> endToEnd = Pattern.compile("^class ([A-Za-z]+IT) ", Pattern.MULTILINE)
                .matcher(ProjectFiles.readAll("james-assembly/e2e/src/test", ".java"))
                .results()
                .map(found -> found.group(1));

        assertThat(ProjectFiles.page("docs/developers/testing.md").codeSpans())
                .containsAll(Stream.concat(properties, endToEnd).toList())
                .contains("mailman.agreement.seed", "WholeWayIT");
    }

    @Test
    void everyWordOfAnExplanationIsExplained() throws IOException {
        String folder = "james-assembly/server/src/main/java/org/jamesmailman/server/explain/";
        Stream<String> keys = Pattern.compile("json\\.write\\w*Field\\w*\\(\\s*\"([A-Za-z.-]+)\"")
                .matcher(ProjectFiles.read(folder + "JsonReport.java"))
                .results()
                .map(found -> found.group(1));
        Stream<String> rules = Pattern.compile("(?:refused\\(|refusal\\(|ACCEPT,|LEAVE,|REJECT,)\\s*\"([a-z-]+)\"")
                .matcher(ProjectFiles.read(folder + "DefaultPipeline.java"))
                .results()
                .map(found -> found.group(1));
        Stream<String> arguments = Pattern.compile("case \"(--[a-z-]+)\"")
                .matcher(ProjectFiles.read(folder + "Arguments.java"))
                .results()
                .map(found -> found.group(1));

        assertThat(ProjectFiles.page("docs/explain.md").codeSpans())
                .containsAll(Stream.of(keys, rules, arguments)
                        .flatMap(words -> words)
                        .toList())
                .contains("replyIfEnforced", "malformed-message", "no-such-list", "subaddress", "--jsonl");
    }

    @Test
    void everyErrorOfALineIsExplained() throws IOException {
        String page = String.join("\n", ProjectFiles.page("docs/explain.md").codeSpans());
        List<String> sentences = Pattern.compile(
                        "(?:new UnreadableLineException|addUnreadable|new Answered.Unreadable)\\(\\s*\"((?:[^\"\\\\]|\\\\.)+)\"")
                .matcher(ProjectFiles.readAll(
                        "james-assembly/server/src/main/java/org/jamesmailman/server/explain", ".java"))
                .results()
                .map(found -> found.group(1).replace("\\\"", "\""))
                .toList();

        assertThat(sentences).hasSizeGreaterThan(8).allSatisfy(sentence -> assertThat(page)
                .contains(sentence.strip()));
    }

    @Test
    void sampleSettingsCanBeLoaded() throws Exception {
        Path cfg = Files.writeString(
                folder.resolve("mailman.cfg"), "[mailman]\nlayout: x\n[paths.x]\nvar_dir: " + folder + "\n");
        String extensions = ProjectFiles.read("conf/extensions.properties");
        for (MarkdownPage page : PAGES) {
            for (MarkdownPage.Sample sample : page.samplesIn("properties")) {
                if (sample.text().startsWith("guice.")) {
                    assertThat(extensions).as("sample of %s", page.file()).contains(sample.text());
                    continue;
                }
                Path properties = Files.writeString(
                        folder.resolve("mailman.properties"),
                        sample.text().replace("/etc/mailman3/mailman.cfg", cfg.toString()));
                assertThat(Settings.load(
                                properties,
                                folder,
                                Map.of("MAILMAN_CFG", cfg.toString(), "MAILMAN_DB_PASSWORD", "secret")))
                        .as("sample of %s", page.file())
                        .isNotNull();
            }
        }
    }

    /** Else James takes an exception for a reason to send the mail to the processor {@code error}, and forgets it. */
    @Test
    void mailetsOfOursLetJamesTryAgainInEverySample() throws IOException {
        List<String> samples = Stream.concat(
                        PAGES.stream()
                                .flatMap(page -> page.samplesIn("xml").stream())
                                .map(MarkdownPage.Sample::text),
                        Stream.of(ProjectFiles.read("conf/mailetcontainer.xml")))
                .toList();
        List<String> ours = samples.stream()
                .flatMap(sample -> MAILET_OF_OURS.matcher(sample).results())
                .map(MatchResult::group)
                .toList();
        assertThat(ours).hasSizeGreaterThan(10).allSatisfy(mailet -> {
            assertThat(mailet).contains("<onMailetException>propagate</onMailetException>");
            if (mailet.contains("match=\"org.jamesmailman")) {
                assertThat(mailet).contains("<onMatchException>propagate</onMatchException>");
            }
        });
    }

    @Test
    void samplesForOtherProgramsAreOutOfConf() throws IOException {
        String postfix = ProjectFiles.readAll("conf/postfix", "");
        String mailman = ProjectFiles.read("conf/mailman.cfg.lines");
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
        // JSON, XML and Python are loaded by DocumentedSamplesIT, SQL by PostgresSourceTest and MariaDbSourceTest; what
        // has no language is no file but a command, or an answer.
        assertThat(PAGES)
                .flatMap(MarkdownPage::samples)
                .extracting(MarkdownPage.Sample::language)
                .containsOnly("properties", "json", "main.cf", "mailman.cfg", "xml", "python", "sql", "");
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

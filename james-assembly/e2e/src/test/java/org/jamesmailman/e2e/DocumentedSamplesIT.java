// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jamesmailman.testing.LmtpClient;
import org.jamesmailman.testing.MarkdownPage;
import org.jamesmailman.testing.Program;
import org.jamesmailman.testing.TemporaryFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documentation prints as a sample is loaded, and does what it is there for. */
class DocumentedSamplesIT {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final byte[] POST =
            "From: anne@example.com\r\nSubject: Hello\r\n\r\nHi!\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String HANDLER_CHAIN = "<handlerchain coreHandlersPackage=";
    private static final int POSTFIX_FILES = 3;

    @ParameterizedTest
    @MethodSource("pipelines")
    void aSamplePipelineTakesListMail(String pipeline) {
        try (PrivateJames james = PrivateJames.builder()
                        .mailetcontainer(ours -> withPipeline(ours, pipeline))
                        .start();
                LmtpClient client = james.client()) {
            LmtpClient.Delivery delivery = client.deliver(
                    "anne@example.com",
                    List.of("ant@lists.example.com", "ant-request@lists.example.com", "ant-bounces@lists.example.com"),
                    POST);

            assertThat(delivery.afterData()).hasSize(3).allSatisfy(reply -> assertThat(reply.toString())
                    .startsWith("250 2.0.0"));
        }
    }

    @Test
    void sampleMailetsAreTakenByJames() {
        String mailets = xml().filter(sample -> sample.startsWith("<mailet ")).collect(Collectors.joining());
        assertThat(mailets).contains("RecipientIsSubaddress=", "PostingVerdictIs=");

        try (PrivateJames james = PrivateJames.builder()
                .mailetcontainer(ours -> withPipeline(ours, "<processor state=\"root\">" + mailets + "</processor>"))
                .start()) {
            assertThat(james.program().isAlive()).isTrue();
        }
    }

    @Test
    void theSampleHandlerChainIsOurs() throws IOException {
        String conf = Files.readString(ROOT.resolve("conf/lmtpserver.xml"));

        assertThat(xml().filter(sample -> sample.startsWith("<handlerchain")))
                .isNotEmpty()
                .allSatisfy(sample -> assertThat(conf).contains(sample.strip().replace("/>", ">")))
                .allSatisfy(sample -> assertThat(sample).startsWith(HANDLER_CHAIN));
    }

    @Test
    void sampleListsAreServed() throws IOException {
        try (TemporaryFolder folder = TemporaryFolder.create("lists")) {
            Path lists = Files.writeString(
                    folder.path().resolve("lists.json"),
                    MarkdownPage.read(ROOT.resolve("docs/configure.md"))
                            .samplesIn("json")
                            .get(0)
                            .text());
            try (PrivateJames james = PrivateJames.builder()
                            .setting("directory.file", lists.toString())
                            .start();
                    LmtpClient client = james.client()) {
                LmtpClient.Delivery delivery =
                        client.deliver("anne@example.com", List.of("ant@alias.example.com"), POST);

                assertThat(delivery.afterData().get(0).toString()).startsWith("250 2.0.0");
            }
        }
    }

    @Test
    void theFirstMessageOfTheReadmeIsQueued() {
        MarkdownPage readme = MarkdownPage.read(ROOT.resolve("README.md"));
        String script = readme.samplesIn("python").get(0).text();
        try (PrivateJames james = PrivateJames.builder().start()) {
            String output = Program.of("/usr/bin/python3", "-c", script.replace("8024", Integer.toString(james.port())))
                    .runWell();

            assertThat(output.lines()).hasSize(4).satisfies(lines -> assertThat(readme.samples())
                    .extracting(MarkdownPage.Sample::text)
                    .anyMatch(text -> text.startsWith(lines.stream().limit(3).collect(Collectors.joining("\n")))));
            assertThat(output).contains("queued as ");
            assertThat(james.varDirectory().resolve("queue/in")).isDirectoryContaining("glob:**.pck");
        }
    }

    @Test
    void theFirstExplanationOfTheReadmeIsTrue() {
        List<String> samples = MarkdownPage.read(ROOT.resolve("README.md")).samples().stream()
                .map(MarkdownPage.Sample::text)
                .toList();
        String command = samples.stream()
                .filter(sample -> sample.contains("./run.sh explain"))
                .findFirst()
                .orElseThrow();
        String answer = samples.get(samples.indexOf(command) + 1);

        String output = Program.of("/bin/sh", "-c", command.replace("./run.sh", PrivateJames.COMMAND.toString()))
                .runWell();

        assertThat(output).startsWith(answer);
    }

    @Test
    void theFirstLineOfTheArchiveIsAnsweredAsDocumented() {
        List<String> samples = MarkdownPage.read(ROOT.resolve("docs/explain.md")).samples().stream()
                .map(MarkdownPage.Sample::text)
                .toList();
        String question = samples.stream()
                .filter(sample -> sample.startsWith("{\"mailFrom\""))
                .findFirst()
                .orElseThrow();

        String answer = Program.of(
                        "/bin/sh",
                        "-c",
                        "printf %s \"$1\" | \"$0\" explain --jsonl",
                        PrivateJames.COMMAND.toString(),
                        question)
                .runWell();

        assertThat(answer).isEqualTo(samples.get(samples.indexOf(question) + 1));
    }

    @Test
    void postfixKnowsEverySettingOfItsSamples() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("conf/postfix"));
                TemporaryFolder folder = TemporaryFolder.create("postconf")) {
            List<Path> samples = files.toList();
            assertThat(samples).hasSize(POSTFIX_FILES);
            Files.writeString(folder.path().resolve("master.cf"), "");
            for (Path sample : samples) {
                Files.writeString(folder.path().resolve("main.cf"), Files.readString(sample));
                assertThat(Program.of("/usr/sbin/postconf", "-c", folder.path().toString(), "-n")
                                .runWell())
                        .as("what postconf says of %s", sample)
                        .doesNotContain("warning", "error", "fatal");
            }
        }
    }

    static Stream<String> pipelines() {
        return xml().filter(sample -> sample.startsWith("<processor")).distinct();
    }

    private static Stream<String> xml() {
        return MarkdownPage.all(ROOT).stream()
                .flatMap(page -> page.samplesIn("xml").stream())
                .map(MarkdownPage.Sample::text);
    }

    /** Our configuration with another root processor, or with other processors beside what it needs. */
    private static String withPipeline(String ours, String pipeline) {
        String processors = pipeline.replaceAll("</?processors>", "");
        int start = ours.indexOf("<processor state=\"root\"");
        int end = ours.indexOf("<processor state=", start + 1);
        return ours.substring(0, start) + processors + ours.substring(end);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Mailman's own classes on Debian's Python, in a process of their own: what they say is what must come out. */
final class MailmanOracle implements AutoCloseable {
    private static final String PYTHON = "/usr/bin/python3";

    /**
     * What Mailman makes of a message.
     *
     * @param defects Python's class names, each once; or one exception with a {@code !} before it
     * @param messageId {@code none}, {@code good} or {@code crash}
     * @param fields of the outermost header
     * @param senders or one exception with a {@code !} before it
     * @param depth {@code pickles} or {@code too-deep}
     * @param boundary of the outermost part, if it names one
     * @param senderFields the headers that name senders
     * @param brokenResponses the queues whose runners break on X-Ack or Precedence
     * @param parts within the message, on all levels
     * @param levels of parts within parts
     * @param siteDefects what is wrong with parts, as a configuration names it
     */
    record Answer(
            List<String> defects,
            String messageId,
            List<HeaderField> fields,
            List<String> senders,
            String depth,
            Optional<String> boundary,
            List<SenderField> senderFields,
            List<String> brokenResponses,
            int parts,
            int levels,
            List<String> siteDefects) {
        boolean isParserBroken() {
            return raised(defects);
        }

        boolean isSendersBroken() {
            return raised(senders);
        }

        private static boolean raised(List<String> items) {
            return !items.isEmpty() && items.get(0).startsWith("!");
        }
    }

    /**
     * What Python makes of one header that names senders.
     *
     * @param text decoded; empty when Python raises
     * @param lenient what the lenient getaddresses finds, without what is no address
     * @param strict what the strict getaddresses finds, without what is no address
     */
    record SenderField(Optional<String> text, List<String> lenient, List<String> strict) {
        private static SenderField of(String answer) {
            if (answer.equals("!")) {
                return new SenderField(Optional.empty(), List.of(), List.of());
            }
            String[] parts = answer.split("/", -1);
            return new SenderField(Optional.of(utf8(parts[0])), addresses(parts[1]), addresses(parts[2]));
        }

        private static List<String> addresses(String list) {
            return Arrays.stream(list.split("\\+"))
                    .filter(address -> !address.isEmpty())
                    .map(MailmanOracle::utf8)
                    .toList();
        }
    }

    private final Process python;
    private final DataOutputStream questions;
    private final BufferedReader answers;

    private MailmanOracle(Process python) {
        this.python = python;
        this.questions = new DataOutputStream(python.getOutputStream());
        this.answers = python.inputReader(StandardCharsets.US_ASCII);
    }

    static MailmanOracle start(List<String> senderHeaders) {
        try {
            Path script = Path.of(Objects.requireNonNull(MailmanOracle.class.getResource("mailman-oracle.py"))
                    .toURI());
            ProcessBuilder command = new ProcessBuilder(PYTHON, script.toString(), String.join(" ", senderHeaders));
            return new MailmanOracle(
                    command.redirectError(ProcessBuilder.Redirect.INHERIT).start());
        } catch (IOException e) {
            throw new UncheckedIOException("The tests need Debian's python3 and mailman3", e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    Answer ask(byte[] message, String reversePath) throws IOException {
        byte[] path = reversePath.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream question = new ByteArrayOutputStream(message.length + path.length + 8);
        try (DataOutputStream out = new DataOutputStream(question)) {
            out.writeInt(message.length);
            out.writeInt(path.length);
            out.write(message);
            out.write(path);
        }
        question.writeTo(questions);
        questions.flush();
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("Mailman's classes answer no more; see the standard error");
        }
        String[] fields = line.split("\t", -1);
        List<HeaderField> header = items(fields[2]).map(MailmanOracle::field).toList();
        List<String> senders = fields[3].startsWith("!")
                ? List.of(fields[3])
                : items(fields[3]).map(MailmanOracle::utf8).toList();
        Optional<String> boundary = fields[5].equals("none") ? Optional.empty() : Optional.of(utf8(fields[5]));
        List<SenderField> senderFields = items(fields[6]).map(SenderField::of).toList();
        return new Answer(
                items(fields[0]).toList(),
                fields[1],
                header,
                senders,
                fields[4],
                boundary,
                senderFields,
                items(fields[7]).toList(),
                number(fields[8]),
                number(fields[9]),
                items(fields[10]).toList());
    }

    private static Stream<String> items(String list) {
        return list.isEmpty() ? Stream.of() : Arrays.stream(list.split(",", -1));
    }

    private static int number(String text) {
        return text.isEmpty() ? 0 : Integer.parseInt(text);
    }

    private static HeaderField field(String hexadecimal) {
        String[] parts = hexadecimal.split(":", -1);
        return new HeaderField(
                new String(HexFormat.of().parseHex(parts[0]), StandardCharsets.ISO_8859_1),
                new String(HexFormat.of().parseHex(parts[1]), StandardCharsets.ISO_8859_1));
    }

    private static String utf8(String hexadecimal) {
        return new String(HexFormat.of().parseHex(hexadecimal), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        questions.close();
        python.destroy();
    }
}

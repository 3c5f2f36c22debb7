// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server.explain;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jamesmailman.mailman.configuration.Settings;
import org.jamesmailman.mailman.configuration.SettingsException;
import org.jamesmailman.mailman.delivery.Judges;
import org.jamesmailman.mailman.directory.DirectoryException;
import org.jamesmailman.mailman.directory.DirectoryReading;
import org.jamesmailman.mailman.message.HeapMessage;
import org.jamesmailman.mailman.policy.Decision;
import org.jamesmailman.mailman.verdict.Printable;
import org.jamesmailman.server.ServerDirectories;
import org.jamesmailman.server.UsageException;

/**
 * Explains on standard output what the server would answer to the message on standard input, and why; with
 * {@code --jsonl} to many messages, line by line. Needs {@code mailman.properties} and what that names, no server and
 * no queue; writes nothing else.
 */
public final class Explain {
    private static final int SUCCESS = 0;
    private static final int FAILURE = 1;
    private static final int USAGE = 2;

    /** What the shell reports of a program that SIGPIPE ended: 128 and 13. */
    private static final int READER_GONE = 141;

    private static final int BUFFER_SIZE = 1 << 16;
    private static final int MAX_SENTENCE_LENGTH = 2_000;

    /** As long as an array may be for certain. */
    private static final int LONGEST_MESSAGE = Integer.MAX_VALUE - 8;

    private final Map<String, String> environment;
    private final Properties properties;
    private final InstantSource clock;

    Explain(Properties properties, Map<String, String> environment, InstantSource clock) {
        this.properties = properties;
        this.environment = environment;
        this.clock = clock;
    }

    /**
     * Runs the command; ends the process with 0 when all was explained, whatever the verdicts; with 1 and a sentence on
     * standard error when something it needs cannot be read; with 2 when it is called wrongly; with 141 when nobody
     * reads its output any more.
     *
     * @param arguments as {@link Arguments#USAGE} has them
     */
    @SuppressWarnings("SystemOut") // Standard error is where the sentences go.
    public static void main(String[] arguments) {
        Explain explain = new Explain(System.getProperties(), System.getenv(), InstantSource.system());
        // Not System.out, which swallows errors.
        int code = explain.run(
                arguments,
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                System.err);
        System.exit(code);
    }

    /** The exit code. */
    int run(String[] arguments, InputStream in, OutputStream out, PrintStream err) {
        try (OutputStream output = new BufferedOutputStream(new Output(out), BUFFER_SIZE)) {
            run(Arguments.parse(arguments), in, output, err);
            return SUCCESS;
        } catch (UsageException e) {
            say(err, e.getMessage());
            return USAGE;
        } catch (SettingsException | DirectoryException e) {
            say(err, e.getMessage());
            return FAILURE;
        } catch (OutputLostException e) {
            if (e.isReaderGone()) {
                return READER_GONE;
            }
            say(err, "the output cannot be written: " + e.getMessage());
            return FAILURE;
        } catch (IOException e) {
            say(err, "the input cannot be read: " + e.getMessage());
            return FAILURE;
        } catch (RuntimeException e) {
            say(err, "this failed in an unforeseen way (" + e + "); report it");
            return FAILURE;
        }
    }

    private void run(Arguments arguments, InputStream in, OutputStream out, PrintStream err)
            throws UsageException, SettingsException, DirectoryException, IOException {
        if (arguments.form() == Arguments.Form.HELP) {
            out.write((Arguments.USAGE + '\n').getBytes(StandardCharsets.UTF_8));
            return;
        }
        Settings settings = settings(arguments.conf());
        DirectoryReading directory = DirectoryReading.of(settings, clock);
        directory.trouble().ifPresent(trouble -> say(err, trouble + " Explaining by " + directory.origin() + "."));
        Judges judges = Judges.of(settings, directory);
        if (arguments.form() == Arguments.Form.LINES) {
            DefaultPipeline pipeline = new DefaultPipeline(
                    settings,
                    judges,
                    delivery -> judges.verdicts().of(delivery).map(verdict -> new Decision(verdict, List.of())),
                    JamesAddress::isOne);
            JsonLines.Count count = new JsonLines(pipeline, arguments.withReasons()).answer(in, out);
            if (count.unanswered() > 0) {
                say(err, count.unanswered() + " of " + count.lines() + " lines could not be read: see their \"error\"");
            }
            return;
        }
        DefaultPipeline pipeline =
                new DefaultPipeline(settings, judges, judges.verdicts()::explain, JamesAddress::isOne);
        explain(arguments, pipeline, Grounds.of(settings, directory, clock.instant()), WireForm.of(message(in)), out);
    }

    private static void explain(
            Arguments arguments, DefaultPipeline pipeline, Grounds grounds, HeapMessage message, OutputStream out)
            throws IOException {
        Report report = arguments.form() == Arguments.Form.JSON ? new JsonReport() : new TextReport();
        boolean isFirst = true;
        for (String recipient : arguments.recipients()) {
            if (!isFirst && arguments.form() == Arguments.Form.TEXT) {
                out.write("\n----\n\n".getBytes(StandardCharsets.UTF_8));
            }
            isFirst = false;
            Explanation explanation = pipeline.explain(arguments.mailFrom(), recipient, message);
            report.write(new Case(arguments.mailFrom(), recipient, message.size(), explanation), grounds, out);
        }
    }

    private Settings settings(Optional<Path> conf) throws UsageException, SettingsException {
        Path working = Path.of(properties.getProperty(ServerDirectories.WORKING_PROPERTY, ""))
                .toAbsolutePath();
        Path file = conf.orElseGet(() -> working.resolve("conf"))
                .toAbsolutePath()
                .normalize()
                .resolve("mailman.properties");
        if (!Files.exists(file)) {
            throw new UsageException("there is no " + file + ": name the folder that holds it by --conf DIR");
        }
        return Settings.load(file, working, environment);
    }

    private static byte[] message(InputStream in) throws IOException {
        // Buffered, since FileInputStream's own readNBytes seeks, which a pipe cannot.
        byte[] message = new BufferedInputStream(in, BUFFER_SIZE).readNBytes(LONGEST_MESSAGE);
        if (message.length == LONGEST_MESSAGE) {
            throw new IOException("the message is larger than 2 GiB");
        }
        return message;
    }

    private static void say(PrintStream err, String sentence) {
        err.println("james-mailman: " + Printable.ascii(sentence, MAX_SENTENCE_LENGTH));
    }
}

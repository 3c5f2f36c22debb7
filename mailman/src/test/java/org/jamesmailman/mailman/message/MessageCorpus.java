// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Messages that others collected, real ones and odd ones. None of them is ours to pass on: they are read where packages
 * bring them.
 */
final class MessageCorpus {
    /** Where the build puts JARs with messages in them; see this module's {@code pom.xml}. */
    private static final Path JARS = Path.of("target/corpora");

    /** Of Debian's {@code libpython3.11-testsuite}: the tests of Python's own email package. */
    private static final Path PYTHON =
            Path.of(System.getProperty("mailman.corpus.python", "/usr/lib/python3.11/test/test_email/data"));

    /** Of Debian's {@code python3-flufl.bounce}, which Mailman brings: bounces of all the world. */
    private static final Path BOUNCES = Path.of("/usr/lib/python3/dist-packages/flufl/bounce/tests/data");

    private static final Pattern MESSAGE =
            Pattern.compile("\\.(?:eml|msg|mime|mbox)$|/testRFC822[^/]*$|/corpus/[^/]*\\.txt$");

    private MessageCorpus() {}

    /** All messages that packages bring, by package and name. */
    static Map<String, byte[]> all() throws IOException {
        Map<String, byte[]> messages = new TreeMap<>();
        mime4j().forEach((name, message) -> messages.put("apache-mime4j-core/" + name, message));
        folder(PYTHON).forEach((name, message) -> messages.put("python/" + name, message));
        folder(BOUNCES).forEach((name, message) -> messages.put("flufl.bounce/" + name, message));
        try (Stream<Path> jars = Files.list(JARS)) {
            for (Path jar : jars.toList()) {
                jar(new JarFile(jar.toFile()))
                        .forEach((name, message) -> messages.put(jar.getFileName() + "/" + name, message));
            }
        }
        messages.keySet().removeIf(name -> name.matches(".*\\.(?:py|pyc|png|au|gif|jpg)"));
        return messages;
    }

    /** The messages of Mime4j's tests, by name. */
    static Map<String, byte[]> mime4j() throws IOException {
        URL folder = Objects.requireNonNull(MessageCorpus.class.getResource("/testmsgs"), "Mime4j's tests JAR");
        return jar(((JarURLConnection) folder.openConnection()).getJarFile());
    }

    private static Map<String, byte[]> jar(JarFile jar) throws IOException {
        Map<String, byte[]> messages = new TreeMap<>();
        try (jar) {
            List<JarEntry> entries = jar.stream()
                    .filter(entry -> MESSAGE.matcher(entry.getName()).find())
                    .toList();
            for (JarEntry entry : entries) {
                try (InputStream in = jar.getInputStream(entry)) {
                    messages.put(entry.getName(), in.readAllBytes());
                }
            }
        }
        return messages;
    }

    /** All files below a folder, by name. */
    static Map<String, byte[]> folder(Path folder) throws IOException {
        Map<String, byte[]> messages = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                messages.put(folder.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return messages;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Messages that others collected because they are odd: those of Apache Mime4j's tests, and of any folder. */
final class MessageCorpus {
    private MessageCorpus() {}

    /** The messages by name. */
    static Map<String, byte[]> mime4j() throws IOException {
        URL folder = Objects.requireNonNull(MessageCorpus.class.getResource("/testmsgs"), "Mime4j's tests JAR");
        Map<String, byte[]> messages = new TreeMap<>();
        try (JarFile jar = ((JarURLConnection) folder.openConnection()).getJarFile()) {
            for (JarEntry entry : jar.stream().filter(MessageCorpus::isMessage).toList()) {
                try (InputStream in = jar.getInputStream(entry)) {
                    messages.put(entry.getName(), in.readAllBytes());
                }
            }
        }
        return messages;
    }

    private static boolean isMessage(JarEntry entry) {
        return entry.getName().endsWith(".msg");
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

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.extension;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jamesmailman.testing.MarkdownPage;

/** The project's files, as the tests of its documentation read them. */
final class ProjectFiles {
    static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    private ProjectFiles() {}

    static MarkdownPage page(String file) {
        return MarkdownPage.read(ROOT.resolve(file));
    }

    static String read(String file) throws IOException {
        return Files.readString(ROOT.resolve(file));
    }

    /** The files of a folder, one after the other. */
    static String readAll(String directory, String ending) throws IOException {
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

    /** The sources of all rooms, without tests. */
    static String sources() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String room : List.of(
                "mailman", "matchers", "mailets", "lmtp", "james-assembly/extension", "james-assembly/server")) {
            all.append(readAll(room + "/src/main", ".java"));
        }
        return all.toString();
    }
}

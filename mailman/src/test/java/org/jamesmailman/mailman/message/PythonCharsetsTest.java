// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jamesmailman.mailman.PythonPeer;
import org.junit.jupiter.api.Test;

class PythonCharsetsTest {
    /** Prints each name of a text encoding that this Python knows. */
    private static final String PROGRAM = """
            import codecs, encodings, encodings.aliases, pkgutil
            names = set(encodings.aliases.aliases) | set(encodings.aliases.aliases.values())
            for name in names | {module.name for module in pkgutil.iter_modules(encodings.__path__)}:
                try:
                    if codecs.lookup(name)._is_text_encoding:
                        print(name)
                except LookupError:
                    pass
            """;

    @Test
    void containAllThatMailmansPythonKnows() throws IOException {
        Process python = new ProcessBuilder(PythonPeer.PYTHON, "-c", PROGRAM)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> names =
                python.inputReader(StandardCharsets.US_ASCII).lines().toList();

        assertThat(names).hasSizeGreaterThan(300).allMatch(PythonCharsets::mayKnow);
    }

    @Test
    void overlookCaseAndPunctuation() {
        assertThat(List.of("UTF_8", "Iso 8859-1", "ISO_8859-1:1987", "")).allMatch(PythonCharsets::mayKnow);
        assertThat(List.of("x-unknown", "utf-8*en", "windows-874", "hex", "base64", "rot13"))
                .noneMatch(PythonCharsets::mayKnow);
    }
}

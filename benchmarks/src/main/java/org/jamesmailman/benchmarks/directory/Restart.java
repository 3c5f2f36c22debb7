// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.directory;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jamesmailman.mailman.directory.DirectoryKeeper;

/**
 * A start with what was saved, in a Java of its own, whose heap is as small as the smallest server's. Arguments: the
 * URL, and the saved snapshot. Says how many milliseconds it took from Java's start until the lists were known.
 */
public final class Restart {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private Restart() {}

    /** Measures in this Java. */
    public static void main(String[] arguments) throws Exception {
        try (DirectoryKeeper keeper = DirectoryKeeper.start(
                SiteDatabase.source(arguments[0]), TIMEOUT, Duration.ZERO, Optional.of(Path.of(arguments[1])))) {
            keeper.awaitFirstLoad(TIMEOUT);
            long millis = System.currentTimeMillis()
                    - ManagementFactory.getRuntimeMXBean().getStartTime();
            System.out.println(keeper.current().orElseThrow().listCount() + " " + millis);
            System.out.flush();
            // The source is being read; nobody waits for it here.
            Runtime.getRuntime().halt(0);
        }
    }

    /** Measures in another Java. */
    static long measure(String url, Path saved, int lists) throws IOException {
        Process java = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx256m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Restart.class.getName(),
                        url,
                        saved.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String answer = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int blank = answer.indexOf(' ');
        if (blank < 0 || Integer.parseInt(answer.substring(0, blank)) < lists) {
            throw new IllegalStateException("the restart said: " + answer);
        }
        return Long.parseLong(answer.substring(blank + 1));
    }
}

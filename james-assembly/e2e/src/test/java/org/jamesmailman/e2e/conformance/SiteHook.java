// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jamesmailman.testing.Program;

/**
 * A message hook such as an administrator may have: it refuses what {@link #REFUSED} sends, and holds up what
 * {@link #HELD_UP} sends until the file {@link #RELEASE} is there; when none comes, it refuses that, too.
 */
final class SiteHook {
    static final String CLASS_NAME = "conformance.SiteHook";

    /** Whose messages it refuses. */
    static final String REFUSED = "refused@example.com";

    /** Whose messages it holds up. */
    static final String HELD_UP = "held@example.com";

    /** A file in the server's {@code var}. */
    static final String RELEASE = "release";

    private static final int PATIENCE_SECONDS = 10;

    private static final String SOURCE = """
            package conformance;

            import java.nio.file.Files;
            import java.nio.file.Path;
            import org.apache.james.protocols.smtp.SMTPSession;
            import org.apache.james.protocols.smtp.hook.HookResult;
            import org.apache.james.protocols.smtp.hook.HookReturnCode;

            public final class SiteHook implements org.apache.james.smtpserver.JamesMessageHook {
                @Override
                public HookResult onMessage(SMTPSession session, org.apache.mailet.Mail mail) {
                    String sender = mail.getMaybeSender().asString("");
                    boolean isRefused = sender.equals("%s") || (sender.equals("%s") && !isReleased());
                    return !isRefused
                            ? HookResult.DECLINED
                            : HookResult.builder()
                                    .hookReturnCode(HookReturnCode.deny())
                                    .smtpReturnCode("554")
                                    .smtpDescription("5.7.1 refused by a hook")
                                    .build();
                }

                private static boolean isReleased() {
                    Path release = Path.of(System.getProperty("working.directory"), "var", "%s");
                    long end = System.nanoTime() + %d * 1_000_000_000L;
                    while (!Files.exists(release) && System.nanoTime() < end) {
                        java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
                    }
                    return Files.exists(release);
                }

                public void init(org.apache.commons.configuration2.Configuration configuration) {}

                public void destroy() {}
            }
            """.formatted(REFUSED, HELD_UP, RELEASE, PATIENCE_SECONDS);

    private SiteHook() {}

    /** Compiles it against the server's own JARs, into a JAR in a folder. */
    static Path jarIn(Path folder) {
        Path source = folder.resolve("SiteHook.java");
        Path classes = folder.resolve("classes");
        Path jar = folder.resolve("site-hook.jar");
        try {
            Files.writeString(source, SOURCE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Path lib = Path.of(System.getProperty("jamesmailman.distribution"))
                .resolve("lib")
                .normalize();
        Program.of(
                        tool("javac"),
                        "--release",
                        "17",
                        "-proc:none",
                        "-cp",
                        lib + "/*",
                        "-d",
                        classes.toString(),
                        source.toString())
                .runWell();
        Program.of(tool("jar"), "--create", "--file", jar.toString(), "-C", classes.toString(), ".")
                .runWell();
        return jar;
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }
}

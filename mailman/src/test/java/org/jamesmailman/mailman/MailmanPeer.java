// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Starts a program that has a whole Mailman in it, on a database of its own. */
public final class MailmanPeer {
    private MailmanPeer() {}

    /**
     * Starts it, as the user {@code list}, for Mailman does not run as root.
     *
     * @param directory of Mailman's own, which exists, in one that the user {@code list} may enter
     * @param script what to run; it gets the name of {@code mailman.cfg}
     */
    public static PythonPeer start(Path directory, String script) throws IOException {
        Path cfg = Files.writeString(directory.resolve("mailman.cfg"), """
                [mailman]
                layout: test
                [paths.test]
                var_dir: %s
                [mta]
                incoming: mailman.mta.null.NullMTA
                """.formatted(directory.resolve("var")));
        if (!"root".equals(System.getProperty("user.name"))) {
            return PythonPeer.start(script, cfg.toString());
        }
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(cfg, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setOwner(
                directory,
                directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("list"));
        return PythonPeer.start(List.of("runuser", "-u", "list", "-g", "list", "--"), script, cfg.toString());
    }
}

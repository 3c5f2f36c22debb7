// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.ArrayList;
import java.util.List;

/**
 * A user of this machine as whom a program runs, with the group of the same name. Mailman refuses to run as root, and
 * its files must be its own.
 *
 * @param name of the user and of the group
 */
record Account(String name) {
    /** Debian's user for Mailman. */
    static final Account MAILMAN = new Account("list");

    /** Debian's user for Postfix. */
    static final Account POSTFIX = new Account("postfix");

    /** Debian's user for PostgreSQL, which refuses to run as root. */
    static final Account POSTGRES = new Account("postgres");

    /** Debian's user for MariaDB. */
    static final Account MARIADB = new Account("mysql");

    /**
     * The command that runs a command as this user. {@code setpriv} becomes the command itself, where {@code runuser}
     * stays as its parent: so the process that we start is the one that we end.
     */
    List<String> running(List<String> command) {
        requireRoot();
        List<String> wrapped =
                new ArrayList<>(List.of("/usr/bin/setpriv", "--reuid", name, "--regid", name, "--init-groups", "--"));
        wrapped.addAll(command);
        return wrapped;
    }

    /** Makes a file or folder this user's. */
    void own(Path path) {
        requireRoot();
        try {
            UserPrincipalLookupService principals = FileSystems.getDefault().getUserPrincipalLookupService();
            PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
            view.setOwner(principals.lookupPrincipalByName(name));
            view.setGroup(principals.lookupPrincipalByGroupName(name));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot give " + path + " to the user " + name, e);
        }
    }

    /**
     * Checks that we may start programs as other users.
     *
     * @throws IllegalStateException when we are not root
     */
    static void requireRoot() {
        try {
            if (!Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
                throw new IllegalStateException("the tests with the real Mailman and Postfix start them as users of"
                        + " their own: run these tests as root");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot tell as which user the tests run", e);
        }
    }
}

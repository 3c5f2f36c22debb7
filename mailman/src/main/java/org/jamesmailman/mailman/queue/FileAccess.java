// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * How a file of the queue is made, so that Mailman may rename, rewrite and delete it.
 *
 * @param setMode whether the mode must be set after creation, because the umask of this process takes bits away
 * @param setGroup the group to give the file after creation; empty when it has the right one from the start
 */
record FileAccess(boolean setMode, Optional<GroupPrincipal> setGroup) {
    /** Mode 0660: Mailman's user may not be ours, but its group is the file's. */
    static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rw-rw----");

    /** Files come out right by themselves. */
    static final FileAccess AS_CREATED = new FileAccess(false, Optional.empty());
}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says in words why an operation on a file failed: some of Java's exceptions have the file's name for a message. */
final class FileErrors {
    private FileErrors() {}

    /** The reason alone, without the file. */
    static String reason(Exception cause) {
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (cause instanceof FileAlreadyExistsException) {
            return "the file exists already";
        }
        if (cause instanceof FileSystemException failure && failure.getReason() != null) {
            return failure.getReason();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    /** Whether the disk is full, over its quota or read-only, or the directory not ours to write to. */
    static boolean isOutOfRoom(Exception cause) {
        // Java has no types for these errors of Linux but one, only the text of strerror(3).
        String reason = reason(cause);
        return cause instanceof AccessDeniedException
                || reason.contains("No space left on device")
                || reason.contains("Disk quota exceeded")
                || reason.contains("Read-only file system");
    }
}

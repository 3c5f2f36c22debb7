// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A process and the children that it had when we looked.
 *
 * @param root the process that we started
 * @param children of any generation
 */
record ProcessTree(ProcessHandle root, List<ProcessHandle> children) {
    /** The tree as it is now. */
    static ProcessTree of(ProcessHandle root) {
        return new ProcessTree(root, root.descendants().toList());
    }

    /** Whether none of them runs any more. */
    boolean isGone() {
        return isGone(root) && children.stream().allMatch(ProcessTree::isGone);
    }

    /** Sends SIGKILL to all of them. */
    void kill() {
        List<ProcessHandle> all = new ArrayList<>(children);
        all.addAll(root.descendants().toList());
        all.add(0, root);
        all.forEach(ProcessHandle::destroyForcibly);
    }

    /** The resident memory of a process, in KiB. */
    static long residentKib(long pid) {
        return statusLine(pid, "VmRSS:")
                .map(value -> Long.parseLong(value.replace("kB", "").strip()))
                .orElse(0L);
    }

    /**
     * A process that has ended stays as a zombie until its parent asks for its exit code; a child whose parent ended
     * first has the machine's first process for a parent, and not each of those asks.
     */
    static boolean isGone(ProcessHandle process) {
        return !process.isAlive()
                || statusLine(process.pid(), "State:")
                        .map(state -> state.startsWith("Z") || state.startsWith("X"))
                        .orElse(true);
    }

    private static Optional<String> statusLine(long pid, String key) {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status"), StandardCharsets.ISO_8859_1).stream()
                    .filter(line -> line.startsWith(key))
                    .map(line -> line.substring(key.length()).strip())
                    .findFirst();
        } catch (IOException e) {
            // It ended before or while we read.
            return Optional.empty();
        }
    }
}

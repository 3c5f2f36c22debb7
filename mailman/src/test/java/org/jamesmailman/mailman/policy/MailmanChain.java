// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jamesmailman.mailman.PythonPeer;

/** Mailman's own incoming runner and posting chain, on a database that our directory reads. */
final class MailmanChain implements AutoCloseable {
    /**
     * What Mailman made of a post.
     *
     * @param outcome the chain that it ended in; {@code shunt} when Mailman stumbled, {@code none} when nothing more
     *     became of it
     * @param rule Mailman's name of the last rule that hit
     */
    record Judgement(String outcome, String rule) {}

    private final Path directory;
    private final PythonPeer python;

    private MailmanChain(Path directory, PythonPeer python) {
        this.directory = directory;
        this.python = python;
    }

    /** Starts a Mailman without a list, as the user {@code list}: it does not run as root. */
    static MailmanChain start(Path below) throws IOException {
        Path directory = Files.createDirectory(below.resolve("mailman"));
        Path cfg = Files.writeString(directory.resolve("mailman.cfg"), """
                [mailman]
                layout: test
                [paths.test]
                var_dir: %s
                [mta]
                incoming: mailman.mta.null.NullMTA
                """.formatted(directory.resolve("var")));
        boolean root = "root".equals(System.getProperty("user.name"));
        if (root) {
            for (Path path : List.of(below, directory)) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            Files.setPosixFilePermissions(cfg, PosixFilePermissions.fromString("rw-r--r--"));
            Files.setOwner(
                    directory,
                    directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("list"));
        }
        List<String> command = root ? List.of("runuser", "-u", "list", "-g", "list", "--") : List.of();
        return new MailmanChain(directory, PythonPeer.start(command, "posting-peer.py", cfg.toString()));
    }

    String jdbcUrl() {
        return "jdbc:sqlite:" + directory.resolve("var/data/mailman.db");
    }

    /** Puts another site into the database. */
    void become(Map<String, Object> site) {
        answer(Map.of("site", site));
    }

    /**
     * A post on its way to a list.
     *
     * @param message ISO-8859-1
     */
    record Posted(String message, String reversePath, String messageId, String listId) {}

    /** Has Mailman decide on posts, and do nothing about it but note their senders. */
    List<Judgement> judge(List<Posted> posts) {
        List<Map<String, String>> questions = posts.stream()
                .map(post -> Map.of(
                        "content",
                        Base64.getEncoder().encodeToString(post.message.getBytes(StandardCharsets.ISO_8859_1)),
                        "mailFrom",
                        post.reversePath.isEmpty() ? "<>" : post.reversePath,
                        "messageId",
                        post.messageId,
                        "listid",
                        post.listId))
                .toList();
        List<Judgement> judgements = new ArrayList<>();
        answer(Map.of("posts", questions))
                .get("judgements")
                .forEach(judgement -> judgements.add(new Judgement(
                        judgement.get("outcome").asText(), judgement.get("rule").asText())));
        return judgements;
    }

    private JsonNode answer(Map<String, Object> question) {
        JsonNode answer = python.ask(question);
        if (answer.has("error")) {
            throw new IllegalStateException(answer.get("error").asText());
        }
        return answer;
    }

    @Override
    public void close() {
        python.close();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jamesmailman.mailman.queue.JournalLine.Word;

/**
 * What one process that died has left in a queue directory: staged files, and its {@link Journal}. Finds out what it
 * had committed.
 *
 * <p>An entry of which the journal says no more than that it was about to be renamed was renamed if its staged file is
 * gone: nobody else deletes it. So it is in the queue, or Mailman has worked through it. That holds while the machine
 * has not crashed, for then the kernel may not have written what it had been told; after a crash an entry counts as
 * committed only if the journal says so or if it is there to be seen, for the wrong guess would lose mail, and the
 * other one doubles it.
 */
final class Remains {
    private static final String STAGED = ".tmp";

    private final String token;
    private final QueueFileSystem files;
    private final List<Path> all;
    private final List<Path> journals;
    private final Set<String> staged;

    /** @param all the files that bear the token of the process, but for its mark */
    Remains(String token, List<Path> all, QueueFileSystem files) {
        this.token = token;
        this.files = files;
        this.all = all;
        this.journals = all.stream()
                .filter(file -> file.toString().endsWith(Journal.EXTENSION))
                .sorted(Comparator.comparingInt(this::number))
                .toList();
        this.staged = all.stream().map(Remains::name).collect(Collectors.toSet());
    }

    /**
     * What the process had committed, also when it had not come to say so. Writes down what it finds, so that the
     * staged files can be deleted afterwards.
     *
     * @param head what the journal begins with when the kernel has forgotten nothing; empty when that is not certain
     * @param isInQueue whether an entry is there to be seen
     * @throws IOException when the journal cannot be read or written: then nothing is to be deleted
     */
    List<EntryName> committed(Optional<JournalLine> head, Predicate<EntryName> isInQueue) throws IOException {
        boolean forgotNothing = true;
        Map<EntryName, Word> said = new LinkedHashMap<>();
        for (Path journal : journals) {
            List<JournalLine> lines = lines(journal);
            // A head that is not there was forgotten, too.
            forgotNothing &=
                    lines.isEmpty() || head.filter(lines.get(0)::equals).isPresent();
            for (JournalLine line : lines) {
                EntryName.parse(line.subject()).ifPresent(name -> said.put(name, line.word()));
            }
        }
        writeDown(decide(said, forgotNothing, isInQueue));
        return said.entrySet().stream()
                .filter(entry -> entry.getValue() == Word.COMMITTED)
                .map(Map.Entry::getKey)
                .toList();
    }

    private List<JournalLine> decide(Map<EntryName, Word> said, boolean forgotNothing, Predicate<EntryName> isInQueue) {
        List<JournalLine> decisions = new ArrayList<>();
        for (Map.Entry<EntryName, Word> entry : said.entrySet()) {
            EntryName name = entry.getKey();
            if (entry.getValue() == Word.PREPARED) {
                boolean isStaged = staged.contains(name + MailmanQueue.EXTENSION + '.' + token + STAGED);
                boolean wasRenamed = !isStaged && (forgotNothing || isInQueue.test(name));
                entry.setValue(wasRenamed ? Word.COMMITTED : Word.WITHDRAWN);
                decisions.add(new JournalLine(entry.getValue(), name.toString()));
            }
        }
        return decisions;
    }

    private void writeDown(List<JournalLine> decisions) throws IOException {
        if (decisions.isEmpty()) {
            return;
        }
        // The last line may have no end.
        String text = decisions.stream().map(JournalLine::text).collect(Collectors.joining("", "\n", ""));
        try (FileChannel journal = files.append(journals.get(journals.size() - 1))) {
            ByteBuffer octets = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
            while (octets.hasRemaining()) {
                journal.write(octets);
            }
            files.sync(journal);
        }
    }

    /** What nobody will commit. */
    List<Path> staged() {
        return all.stream().filter(file -> file.toString().endsWith(STAGED)).toList();
    }

    List<Path> journals() {
        return journals;
    }

    private static List<JournalLine> lines(Path journal) throws IOException {
        // Any octet is a character of it, whatever a crash has left there.
        return Files.readString(journal, StandardCharsets.ISO_8859_1)
                .lines()
                .flatMap(line -> JournalLine.parse(line).stream())
                .toList();
    }

    private int number(Path journal) {
        String digits = name(journal).substring(token.length() + 1).replace(Journal.EXTENSION, "");
        return digits.matches("[0-9]{1,9}") ? Integer.parseInt(digits) : 0;
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}

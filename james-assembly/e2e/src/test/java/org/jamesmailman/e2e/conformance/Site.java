// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jamesmailman.testing.PickleReader;
import org.jamesmailman.testing.PrivateMailman;
import org.jamesmailman.testing.QueuedEntry;
import org.jamesmailman.testing.Runner;
import org.jamesmailman.testing.TemporaryFolder;

/** A Mailman whose lists all servers serve, and whose queues all servers fill, one after the other. */
final class Site implements AutoCloseable {
    static final String DOMAIN = "lists.example.org";

    /** Takes posts of everybody. */
    static final String OPEN = "ant@" + DOMAIN;

    /** Takes posts of members only, and has none. */
    static final String CLOSED = "bee@" + DOMAIN;

    /** No list, in a domain that is served. */
    static final String UNKNOWN = "nobody@" + DOMAIN;

    private final PrivateMailman mailman;
    private final PickleReader reader = PickleReader.start();
    private final TemporaryFolder folder = TemporaryFolder.create("conformance");

    private final Certificate certificate = Certificate.in(folder.path());
    private final Path siteHook = SiteHook.jarIn(folder.path());

    private Site(PrivateMailman mailman) {
        this.mailman = mailman;
    }

    static Site start() {
        PrivateMailman mailman = PrivateMailman.builder().runners(Runner.LMTP).start();
        mailman.rest().createDomain(DOMAIN);
        mailman.rest().createList(OPEN);
        String closed = mailman.rest().createList(CLOSED);
        mailman.rest().configure(closed, Map.of("default_nonmember_action", "reject"));
        return new Site(mailman);
    }

    /** What the servers encrypt with. */
    Certificate certificate() {
        return certificate;
    }

    /** The JAR of the hook that they have. */
    Path siteHook() {
        return siteHook;
    }

    PrivateMailman mailman() {
        return mailman;
    }

    /** What waits in the queues. */
    List<QueuedEntry> queued() {
        return mailman.site().entries();
    }

    /** Empties the queues. */
    void clear() {
        mailman.site().clearEntries();
    }

    /**
     * What is queued of a message: {@code nothing}; {@code as sent}, once or more; or {@code changed}.
     *
     * @param message as sent, its dots not yet doubled
     */
    String queuedOf(byte[] message) {
        List<QueuedEntry> entries = queued();
        if (entries.isEmpty()) {
            return "nothing queued";
        }
        Path octets = folder.path().resolve("message");
        try {
            Files.write(octets, message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        boolean isSame = entries.stream().allMatch(entry -> reader.holds(entry.file(), octets));
        return isSame ? "queued as sent" : "queued changed";
    }

    /** The headers of the entry that was queued first. */
    List<String> headers() {
        return reader.read(queued().get(0).file()).headers();
    }

    @Override
    public void close() {
        try (folder;
                reader) {
            mailman.close();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jamesmailman.mailman.directory.DirectoryException;
import org.jamesmailman.mailman.directory.DirectorySource;
import org.jamesmailman.mailman.directory.Snapshot;
import org.jamesmailman.mailman.directory.SnapshotBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mailman's REST API.
 *
 * <p>It has no sign of a change, so everything is read again and again: after a reading, four times as long as it took
 * passes without one, so that at most a fifth of one of Mailman's two REST workers is ours. It costs some five requests
 * a list: for a site with hundreds of lists the database is the better source.
 *
 * <p>The API does not tell a list's posting chain. Unless the administrator says that every list has the same, all
 * verdicts are left to Mailman, and only unknown lists are refused.
 */
public final class RestSource implements DirectorySource {
    private static final Logger LOGGER = LoggerFactory.getLogger(RestSource.class);

    /** As many as Mailman has REST workers ({@code [webservice] workers}), unless told otherwise. */
    private static final int REQUESTS_AT_ONCE = 2;

    private static final int MAX_LISTS = 10_000;
    private static final int REST = 4;
    private static final Duration LONGEST_REST = Duration.ofMinutes(5);

    private final RestAccess access;
    private final Optional<String> postingChain;
    private final RestClient client;
    private final Clock clock;
    private final ExecutorService readers;

    /** The lists over which Mailman stumbles, as far as the log has them. */
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    private OptionalLong readAgainAt = OptionalLong.empty();

    /**
     * A source; nothing is asked yet.
     *
     * @param postingChain the posting chain that every list has, as the administrator says; empty: nobody knows
     */
    public RestSource(RestAccess access, Optional<String> postingChain) {
        this.access = access;
        this.postingChain = postingChain;
        this.client = new RestClient(access);
        this.clock = Clock.systemUTC();
        this.readers = Executors.newFixedThreadPool(REQUESTS_AT_ONCE, task -> {
            Thread thread = new Thread(task, "james-mailman-rest");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public Snapshot load() throws DirectoryException {
        long start = System.nanoTime();
        try {
            Snapshot snapshot = read(clock.instant());
            long end = System.nanoTime();
            readAgainAt = OptionalLong.of(end + Math.min((end - start) * REST, LONGEST_REST.toNanos()));
            return snapshot;
        } catch (RestClient.NoAnswerException e) {
            throw client.error("does not answer as Mailman does (" + e.getMessage() + "); see Mailman's logs", e);
        }
    }

    @Override
    public boolean hasChanged() {
        return readAgainAt.isEmpty() || System.nanoTime() - readAgainAt.getAsLong() >= 0;
    }

    @Override
    public String description() {
        return access.toString();
    }

    @Override
    public void close() {
        readers.shutdownNow();
    }

    private Snapshot read(Instant now) throws DirectoryException, RestClient.NoAnswerException {
        RestVersion.check(client.get("system/versions"), access);
        SnapshotBuilder snapshot = new SnapshotBuilder();
        for (JsonNode domain : client.entries("domains")) {
            text(domain, "mail_host").ifPresent(host -> snapshot.domain(host, text(domain, "alias_domain")));
        }
        snapshot.siteBans(RestList.bans(client.entries("bans")));
        Map<String, Long> users = new HashMap<>();
        for (JsonNode address : client.entries("addresses")) {
            Optional<String> email = text(address, "email");
            Optional<String> user = text(address, "user");
            if (email.isPresent() && user.isPresent()) {
                long number = users.computeIfAbsent(user.get(), link -> (long) users.size());
                snapshot.link(number, email.get());
            }
        }
        for (RestList list : readLists()) {
            // One that slipped from page to page stands there twice.
            if (!snapshot.hasList(list.postingAddress())) {
                list.addTo(snapshot);
            }
        }
        return snapshot.build(now);
    }

    private List<RestList> readLists() throws DirectoryException, RestClient.NoAnswerException {
        List<JsonNode> names = client.entries("lists");
        if (names.size() > MAX_LISTS) {
            throw new DirectoryException(access + " has more than " + MAX_LISTS
                    + " lists; take the database as source (directory.source=database).");
        }
        List<Future<Optional<RestList>>> readings = new ArrayList<>();
        for (JsonNode list : names) {
            Optional<String> listId = text(list, "list_id");
            Optional<String> postingAddress = text(list, "fqdn_listname");
            // A list without a name cannot be mailed to.
            if (listId.isPresent() && postingAddress.isPresent()) {
                readings.add(readers.submit(() -> readList(listId.get(), postingAddress.get())));
            }
        }
        try {
            return results(readings);
        } finally {
            readings.forEach(reading -> reading.cancel(true));
        }
    }

    private List<RestList> results(List<Future<Optional<RestList>>> readings) throws DirectoryException {
        List<RestList> lists = new ArrayList<>();
        for (Future<Optional<RestList>> reading : readings) {
            try {
                reading.get().ifPresent(lists::add);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof DirectoryException failure
                        ? failure
                        : client.error("was read in an unforeseen way (" + e.getCause() + "); report this", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw client.error("was not asked to the end: the server is being stopped", e);
            }
        }
        return lists;
    }

    private static Optional<String> text(JsonNode node, String key) {
        return Optional.of(node.path(key)).filter(JsonNode::isTextual).map(JsonNode::asText);
    }

    /** A list, unless it has been deleted in the meantime. */
    private Optional<RestList> readList(String listId, String postingAddress) throws DirectoryException {
        try {
            return Optional.of(RestList.read(client, listId, postingAddress, postingChain));
        } catch (RestClient.NoAnswerException e) {
            return e.isNotFound() ? Optional.empty() : Optional.of(unreadable(listId, postingAddress, e));
        }
    }

    private RestList unreadable(String listId, String postingAddress, RestClient.NoAnswerException cause) {
        if (known.add(listId)) {
            LOGGER.warn(
                    "Mailman itself stumbles over the list {} ({}): its posts are left to Mailman, see Mailman's logs.",
                    listId,
                    cause.getMessage());
        }
        return RestList.unreadable(listId, postingAddress);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jamesmailman.mailman.directory.DirectoryException;
import org.jamesmailman.mailman.verdict.Printable;

/** Asks Mailman's REST API. Source: {@code rest/helpers.py} of Mailman 3.3.8. Thread-safe. */
final class RestClient {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** For one answer, from the request to its last octet. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

    private static final int MAX_OCTETS = 32 << 20;
    private static final int PAGE = 1_000;
    private static final int MAX_PAGES = 1_000;

    /** How often a collection is read again that changes while it is read. */
    private static final int ATTEMPTS = 5;

    private static final int MAX_QUOTED = 200;
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;

    private final RestAccess access;
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            // The password is for Mailman alone.
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();

    RestClient(RestAccess access) {
        this.access = access;
    }

    /** Mailman has no such resource, or stumbles over this one. */
    static final class NoAnswerException extends Exception {
        private static final long serialVersionUID = 1L;

        /** HTTP's. */
        private final int status;

        NoAnswerException(String path, int status) {
            super("HTTP status " + status + " for " + path);
            this.status = status;
        }

        boolean isNotFound() {
            return status == NOT_FOUND;
        }
    }

    /**
     * A resource.
     *
     * @throws NoAnswerException when it is this resource with which something is wrong
     */
    JsonNode get(String path) throws DirectoryException, NoAnswerException {
        HttpResponse<byte[]> response = send(path);
        if (response.statusCode() == UNAUTHORIZED) {
            throw error("refuses user or password; correct directory.rest.user and directory.rest.password in"
                    + " mailman.properties, or [webservice] admin_user and admin_pass in mailman.cfg");
        }
        if (response.statusCode() != OK) {
            throw new NoAnswerException(path, response.statusCode());
        }
        try {
            JsonNode node = json.readTree(response.body());
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (IOException e) {
            throw error("gives an answer that is not JSON; see whether it is Mailman that listens there", e);
        }
        throw error("gives an answer that is not JSON; see whether it is Mailman that listens there");
    }

    /**
     * All entries of a collection, page by page.
     *
     * @param path perhaps with a query
     */
    List<JsonNode> entries(String path) throws DirectoryException, NoAnswerException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            List<JsonNode> entries = new ArrayList<>();
            if (readPages(path, entries)) {
                return entries;
            }
        }
        throw error("has a collection that changes all the time while it is read; the database is the better source"
                + " for so busy a site (directory.source=database)");
    }

    /** Whether the collection stayed as long as it was, so that no entry slipped from one page to another. */
    private boolean readPages(String path, List<JsonNode> entries) throws DirectoryException, NoAnswerException {
        char separator = path.indexOf('?') < 0 ? '?' : '&';
        int total = -1;
        for (int page = 1; page <= MAX_PAGES; page++) {
            JsonNode answer = get(path + separator + "count=" + PAGE + "&page=" + page);
            int size = answer.path("total_size").asInt(-1);
            answer.path("entries").forEach(entries::add);
            if (size < 0 || (total >= 0 && size != total)) {
                return false;
            }
            total = size;
            if (entries.size() >= total) {
                return entries.size() == total;
            }
        }
        throw error("has a collection of more than " + PAGE * MAX_PAGES
                + " entries; take the database as source (directory.source=database)");
    }

    private HttpResponse<byte[]> send(String path) throws DirectoryException {
        HttpRequest request = HttpRequest.newBuilder(access.resource(path))
                .header("Authorization", access.authorization())
                .header("Accept", "application/json")
                .timeout(ANSWER_TIMEOUT)
                .GET()
                .build();
        CompletableFuture<HttpResponse<byte[]>> response = http.sendAsync(request, info -> new BoundedBody(MAX_OCTETS));
        try {
            return response.get(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw unreachable(e.getCause());
        } catch (TimeoutException e) {
            response.cancel(true);
            throw unreachable(e);
        } catch (InterruptedException e) {
            response.cancel(true);
            Thread.currentThread().interrupt();
            throw error("was not asked to the end: the server is being stopped", e);
        }
    }

    private DirectoryException unreachable(Throwable cause) {
        if (cause instanceof BoundedBody.TooLongException) {
            return error("gives an answer of more than " + (MAX_OCTETS >> 20)
                    + " MiB; take the database as source (directory.source=database)");
        }
        if (cause instanceof ConnectException) {
            boolean unknown = cause.getCause() instanceof UnresolvedAddressException
                    || Objects.toString(cause.getCause(), "").contains("Unresolved");
            return unknown
                    ? error(
                            "is on a host whose name is not known; correct directory.rest.url in mailman.properties",
                            cause)
                    : error(
                            "does not take connections; start Mailman, or correct directory.rest.url in"
                                    + " mailman.properties",
                            cause);
        }
        if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
            return error(
                    "does not answer within " + ANSWER_TIMEOUT.toSeconds() + " s; see whether Mailman is well", cause);
        }
        String why = Printable.ascii(Objects.toString(cause.getMessage(), ""), MAX_QUOTED);
        return error("cannot be asked (" + why + "); see whether Mailman runs", cause);
    }

    private DirectoryException error(String what) {
        return new DirectoryException(access + " " + what + '.');
    }

    DirectoryException error(String what, Throwable cause) {
        return new DirectoryException(access + " " + what + '.', cause);
    }
}

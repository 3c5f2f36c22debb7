// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What an administrator does to Mailman, over its REST API 3.1. Every method returns when Mailman has committed the
 * change to its database, and throws an {@link AssertionError} with Mailman's words when it refuses.
 *
 * <p>List ids have a dot where posting addresses have the {@code @}. Source: {@code rest/} of Mailman 3.3.8.
 * Thread-safe.
 */
public final class MailmanRest {
    static final String USER = "restadmin";
    static final String PASSWORD = "restpass";

    private static final String AUTHORIZATION =
            "Basic " + Base64.getEncoder().encodeToString((USER + ':' + PASSWORD).getBytes(StandardCharsets.US_ASCII));

    private final String root;
    private final int port;
    private final Supplier<String> logs;
    private final HttpClient client = HttpClient.newHttpClient();

    /**
     * A client of a Mailman that may not be up yet.
     *
     * @param logs tells what Mailman logged, for the failure when it breaks
     */
    MailmanRest(int port, Supplier<String> logs) {
        this.port = port;
        this.logs = logs;
        this.root = "http://127.0.0.1:" + port + "/3.1/";
    }

    /** The port of 127.0.0.1 that it listens on. */
    public int port() {
        return port;
    }

    /** The user that may use it. */
    public String user() {
        return USER;
    }

    /** The user's password. */
    public String password() {
        return PASSWORD;
    }

    boolean answers() {
        try {
            return send("GET", "system/versions", Map.of()).statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** Serves a domain. */
    public void createDomain(String mailHost) {
        post("domains", Map.of("mail_host", mailHost));
    }

    /** Serves a domain that has a second name for the mail server. */
    public void createDomain(String mailHost, String aliasDomain) {
        post("domains", Map.of("mail_host", mailHost, "alias_domain", aliasDomain));
    }

    /**
     * Makes a list with Mailman's defaults.
     *
     * @return its list id
     */
    public String createList(String postingAddress) {
        post("lists", Map.of("fqdn_listname", postingAddress));
        return listId(postingAddress);
    }

    /** Deletes a list. */
    public void deleteList(String listId) {
        change("DELETE", "lists/" + listId, Map.of());
    }

    /** Changes settings of a list, named as REST names them. */
    public void configure(String listId, Map<String, String> settings) {
        change("PATCH", "lists/" + listId + "/config", settings);
    }

    /** Changes a setting that is a list of values, such as {@code accept_these_nonmembers}. */
    public void configure(String listId, String setting, List<String> values) {
        String form = values.isEmpty()
                ? pair(setting, "")
                : values.stream().map(value -> pair(setting, value)).collect(Collectors.joining("&"));
        accepted(send("PATCH", "lists/" + listId + "/config", form));
    }

    /** Settings of a list, as REST names them. */
    public Map<String, Object> configuration(String listId) {
        return get("lists/" + listId + "/config");
    }

    /** What a member, or nonmember, or owner is to a list. */
    public enum Role {
        MEMBER,
        NONMEMBER,
        OWNER,
        MODERATOR;

        private String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Gives an address a role in a list at once: confirmed, approved, without a welcome.
     *
     * @return the member id
     */
    public String subscribe(String listId, String address, Role role) {
        post(
                "members",
                Map.of(
                        "list_id", listId,
                        "subscriber", address,
                        "role", role.key(),
                        "pre_verified", "true",
                        "pre_confirmed", "true",
                        "pre_approved", "true",
                        "send_welcome_message", "false"));
        return memberId(listId, address, role);
    }

    /** The member id of an address that has a role in a list. */
    public String memberId(String listId, String address, Role role) {
        Map<String, Object> found =
                post("members/find", Map.of("list_id", listId, "subscriber", address, "role", role.key()));
        return first(found).get("member_id").toString();
    }

    /**
     * Sets what becomes of a member's or nonmember's posts.
     *
     * @param action {@code hold}, {@code reject}, {@code discard}, {@code accept}, {@code defer}, or empty for the
     *     list's default
     */
    public void moderate(String memberId, String action) {
        change("PATCH", "members/" + memberId, Map.of("moderation_action", action));
    }

    /** Ends a membership. */
    public void unsubscribe(String memberId) {
        change("DELETE", "members/" + memberId, Map.of());
    }

    /** Bans an address, or a pattern that starts with {@code ^}, from a list. */
    public void ban(String listId, String addressOrPattern) {
        post("lists/" + listId + "/bans", Map.of("email", addressOrPattern));
    }

    /** Bans an address, or a pattern that starts with {@code ^}, from the whole site. */
    public void banFromSite(String addressOrPattern) {
        post("bans", Map.of("email", addressOrPattern));
    }

    /** Lifts a ban of a list. */
    public void unban(String listId, String addressOrPattern) {
        change("DELETE", "lists/" + listId + "/bans/" + encode(addressOrPattern), Map.of());
    }

    /** Lifts a ban of the site. */
    public void unbanFromSite(String addressOrPattern) {
        change("DELETE", "bans/" + encode(addressOrPattern), Map.of());
    }

    /** Lets a header's value decide on a post; the action as in {@link #moderate}, empty for the site's. */
    public void matchHeader(String listId, String header, String pattern, String action) {
        post("lists/" + listId + "/header-matches", Map.of("header", header, "pattern", pattern, "action", action));
    }

    /** Gives the user with an address another address. */
    public void linkAddress(String usersAddress, String another) {
        post("users/" + encode(usersAddress) + "/addresses", Map.of("email", another));
    }

    /** Makes an address the preferred one of its user, verified where it is not yet. */
    public void preferAddress(String address) {
        change("POST", "addresses/" + encode(address) + "/verify", Map.of());
        post("users/" + encode(address) + "/preferred_address", Map.of("email", address));
    }

    /** The posts that wait for a list's moderators, each with {@code sender}, {@code subject} and so on. */
    public List<Map<String, Object>> heldMessages(String listId) {
        return entries(get("lists/" + listId + "/held"));
    }

    /** The list id of a posting address. */
    public static String listId(String postingAddress) {
        return postingAddress.replace('@', '.');
    }

    /** The object at a path below the API's root. */
    public Map<String, Object> get(String path) {
        return Json.object(accepted(send("GET", path, Map.of())).body());
    }

    /** Posts a form to a path below the API's root; the answer is empty where Mailman gives none. */
    public Map<String, Object> post(String path, Map<String, String> form) {
        String answer = change("POST", path, form);
        return answer.isBlank() ? Map.of() : Json.object(answer);
    }

    private String change(String method, String path, Map<String, String> form) {
        return accepted(send(method, path, form)).body();
    }

    private HttpResponse<String> send(String method, String path, Map<String, String> form) {
        return send(
                method,
                path,
                form.entrySet().stream()
                        .map(entry -> pair(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining("&")));
    }

    private HttpResponse<String> send(String method, String path, String form) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(root + path))
                .header("Authorization", AUTHORIZATION)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .timeout(Await.PATIENCE)
                .method(method, form.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(form))
                .build();
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException("Mailman's REST API does not answer " + method + ' ' + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for Mailman", e);
        }
    }

    private HttpResponse<String> accepted(HttpResponse<String> response) {
        if (response.statusCode() / 100 != 2) {
            throw new AssertionError("Mailman answers " + response.statusCode() + " to "
                    + response.request().method() + ' ' + response.uri() + ": " + response.body()
                    + (response.statusCode() >= 500 ? logs.get() : ""));
        }
        return response;
    }

    private static Map<String, Object> first(Map<String, Object> collection) {
        return entries(collection).stream()
                .findFirst()
                .orElseThrow(() -> new AssertionError("Mailman has none of these: " + collection));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> entries(Map<String, Object> collection) {
        return (List<Map<String, Object>>) collection.getOrDefault("entries", List.of());
    }

    private static String pair(String name, String value) {
        return encode(name) + '=' + encode(value);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

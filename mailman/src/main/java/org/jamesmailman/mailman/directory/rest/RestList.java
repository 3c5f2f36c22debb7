// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jamesmailman.mailman.directory.Bans;
import org.jamesmailman.mailman.directory.DirectoryException;
import org.jamesmailman.mailman.directory.HeaderMatch;
import org.jamesmailman.mailman.directory.ListSettings;
import org.jamesmailman.mailman.directory.ListSettings.DmarcMitigation;
import org.jamesmailman.mailman.directory.ListSettings.LegacyNonmembers;
import org.jamesmailman.mailman.directory.ModerationAction;
import org.jamesmailman.mailman.directory.SnapshotBuilder;

/**
 * What the REST API tells of one list. Source: {@code rest/listconf.py}, {@code rest/members.py}, {@code rest/bans.py}
 * and {@code rest/header_matches.py} of Mailman 3.3.8.
 *
 * <p>Where Mailman stumbles over what it is asked for, or leaves something out, the list's posting chain is unknown, so
 * that the policy leaves the decision to Mailman.
 */
record RestList(
        String listId,
        String postingAddress,
        ListSettings settings,
        List<Entry> members,
        List<Entry> nonmembers,
        Bans bans) {

    private static final String FIELDS = "?fields=email&fields=moderation_action&fields=subscription_mode";

    /** {@code ResponseAction.none} in {@code interfaces/autorespond.py}. */
    private static final String NO_RESPONSE = "none";

    /** {@code DMARCMitigateAction} in {@code interfaces/mailinglist.py}; on NULL, Mailman does nothing. */
    private static final Set<String> HARMLESS_MITIGATIONS = Set.of("", "no_mitigation", "munge_from", "wrap_message");

    /** An entry that matches and then jumps to a chain that does not exist: Mailman stumbles, as on NULLs. */
    private static final HeaderMatch STUMBLING_HEADER_MATCH = new HeaderMatch("", "", Optional.of(""));

    /** A malformed pattern, on which Mailman stumbles as it does on a ban without an address. */
    private static final String STUMBLING_BAN = "^(";

    /** A membership. */
    private record Entry(String email, boolean byPreferredAddress, Optional<ModerationAction> action) {}

    /**
     * Reads a list.
     *
     * @param postingChain the chain that each list has, as the administrator says; empty: nobody knows
     */
    static RestList read(RestClient client, String listId, String postingAddress, Optional<String> postingChain)
            throws DirectoryException, RestClient.NoAnswerException {
        String path =
                "lists/" + URLEncoder.encode(listId, StandardCharsets.UTF_8).replace("+", "%20");
        return new RestList(
                listId,
                postingAddress,
                settings(client.get(path + "/config"), client.entries(path + "/header-matches"), postingChain),
                roster(client.entries(path + "/roster/member" + FIELDS)),
                roster(client.entries(path + "/roster/nonmember" + FIELDS)),
                bans(client.entries(path + "/bans")));
    }

    /** A list of which no more is known than that it is there. */
    static RestList unreadable(String listId, String postingAddress) {
        ListSettings settings = settings(JsonNodeFactory.instance.objectNode(), List.of(), Optional.empty());
        return new RestList(listId, postingAddress, settings, List.of(), List.of(), Bans.NONE);
    }

    void addTo(SnapshotBuilder snapshot) {
        SnapshotBuilder.ListBuilder list = snapshot.list(listId, postingAddress, settings);
        members.forEach(entry -> list.member(entry.email(), entry.action()));
        nonmembers.forEach(entry -> list.nonmember(entry.email(), entry.action()));
        list.bans(bans);
    }

    /** The bans of a list, or of the site: sorted by Mailman, not in the order in which it tries them. */
    static Bans bans(List<JsonNode> entries) {
        Set<String> literals = new HashSet<>();
        List<String> patterns = new ArrayList<>();
        for (JsonNode entry : entries) {
            String email = entry.path("email").asText(STUMBLING_BAN);
            if (email.startsWith("^")) {
                patterns.add(email);
            } else {
                literals.add(email);
            }
        }
        return Bans.inUnknownOrder(literals, patterns);
    }

    private static List<Entry> roster(List<JsonNode> entries) {
        // Of two memberships of one address the explicit one counts: the one that is given first.
        return entries.stream()
                .filter(entry -> entry.path("email").isTextual())
                .map(entry -> new Entry(
                        entry.path("email").asText(),
                        entry.path("subscription_mode").asText("").equals("as_user"),
                        memberAction(entry.path("moderation_action"))))
                .sorted(Comparator.comparing(Entry::byPreferredAddress))
                .toList();
    }

    private static Optional<ModerationAction> memberAction(JsonNode action) {
        return action.isTextual()
                // An action that we do not know: to hold is to leave the post to Mailman.
                ? ModerationAction.ofName(action.asText()).or(() -> Optional.of(ModerationAction.HOLD))
                : Optional.empty();
    }

    private static ListSettings settings(JsonNode config, List<JsonNode> matches, Optional<String> postingChain) {
        return new ListSettings(
                postingChain.orElse(ListSettings.UNKNOWN_POSTING_CHAIN),
                config.path("emergency").asBoolean(false),
                !config.path("autorespond_postings").asText("").equals(NO_RESPONSE),
                // Left out: there may be one.
                !config.path("moderator_password").isNull(),
                mitigation(config.path("dmarc_mitigate_action")),
                ModerationAction.ofName(config.path("default_member_action").asText("")),
                ModerationAction.ofName(config.path("default_nonmember_action").asText("")),
                legacyNonmembers(config),
                matches.stream().map(RestList::headerMatch).toList());
    }

    private static DmarcMitigation mitigation(JsonNode action) {
        return action.isNull() || HARMLESS_MITIGATIONS.contains(action.asText("?"))
                ? DmarcMitigation.HARMLESS
                : DmarcMitigation.MAY_REJECT_OR_DISCARD;
    }

    private static LegacyNonmembers legacyNonmembers(JsonNode config) {
        Optional<List<String>> accept = strings(config.path("accept_these_nonmembers"));
        Optional<List<String>> hold = strings(config.path("hold_these_nonmembers"));
        Optional<List<String>> reject = strings(config.path("reject_these_nonmembers"));
        Optional<List<String>> discard = strings(config.path("discard_these_nonmembers"));
        return accept.isEmpty() || hold.isEmpty() || reject.isEmpty() || discard.isEmpty()
                ? LegacyNonmembers.ILLEGIBLE
                : new LegacyNonmembers(accept.get(), hold.get(), reject.get(), discard.get());
    }

    private static Optional<List<String>> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        for (JsonNode element : array) {
            if (!element.isTextual()) {
                return Optional.empty();
            }
            strings.add(element.asText());
        }
        return array.isArray() ? Optional.of(strings) : Optional.empty();
    }

    private static HeaderMatch headerMatch(JsonNode match) {
        JsonNode header = match.path("header");
        JsonNode pattern = match.path("pattern");
        return header.isTextual() && pattern.isTextual()
                ? new HeaderMatch(
                        header.asText(),
                        pattern.asText(),
                        Optional.of(match.path("action"))
                                .filter(JsonNode::isTextual)
                                .map(JsonNode::asText))
                : STUMBLING_HEADER_MATCH;
    }
}

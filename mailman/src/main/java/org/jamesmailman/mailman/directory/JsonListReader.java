// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jamesmailman.mailman.directory.ListSettings.DmarcMitigation;
import org.jamesmailman.mailman.directory.ListSettings.LegacyNonmembers;

/** Reads one list of a JSON document, whose keys may stand in any order. */
final class JsonListReader {
    private static final String KEYS = "fqdn_listname, list_id, posting_chain, emergency, autorespond_postings,"
            + " has_moderator_password, dmarc_mitigate_action, default_member_action, default_nonmember_action,"
            + " accept_these_nonmembers, hold_these_nonmembers, reject_these_nonmembers, discard_these_nonmembers,"
            + " header_matches, members, nonmembers, bans";

    private static final List<String> AUTORESPONSES = List.of("none", "respond_and_discard", "respond_and_continue");
    private static final List<String> MITIGATIONS =
            List.of("no_mitigation", "munge_from", "wrap_message", "reject", "discard");
    private static final List<String> ACTIONS = Arrays.stream(ModerationAction.values())
            .map(ModerationAction::mailmanName)
            .toList();

    private final JsonCursor json;
    private final SnapshotBuilder snapshot;
    private final SnapshotBuilder.ListBuilder list;
    private final LegacyLists legacy = new LegacyLists();
    private final List<HeaderMatch> headerMatches = new ArrayList<>();

    private Optional<String> listName = Optional.empty();
    private Optional<String> listId = Optional.empty();
    private String postingChain = ListSettings.DEFAULTS.postingChain();
    private boolean emergency = ListSettings.DEFAULTS.emergency();
    private boolean autorespondPostings = ListSettings.DEFAULTS.autorespondPostings();
    private boolean hasModeratorPassword = ListSettings.DEFAULTS.hasModeratorPassword();
    private DmarcMitigation dmarcMitigation = ListSettings.DEFAULTS.dmarcMitigation();
    private Optional<ModerationAction> defaultMemberAction = ListSettings.DEFAULTS.defaultMemberAction();
    private Optional<ModerationAction> defaultNonmemberAction = ListSettings.DEFAULTS.defaultNonmemberAction();

    JsonListReader(JsonCursor json, SnapshotBuilder snapshot) {
        this.json = json;
        this.snapshot = snapshot;
        this.list = snapshot.unnamedList();
    }

    void read() throws IOException, DirectoryException {
        json.object(KEYS, key -> readSetting(key) || readRoster(key));
        String name = listName.orElseThrow(() -> json.error(
                "the list that ends here needs \"fqdn_listname\", as in \"fqdn_listname\": \"ant@example.com\""));
        if (snapshot.hasList(name)) {
            throw json.error("the list " + JsonCursor.quoted(name) + " stands here twice; remove one");
        }
        list.name(listId.orElseGet(() -> name.replace('@', '.')), name, settings());
    }

    private ListSettings settings() {
        return new ListSettings(
                postingChain,
                emergency,
                autorespondPostings,
                hasModeratorPassword,
                dmarcMitigation,
                defaultMemberAction,
                defaultNonmemberAction,
                legacy.toRecord(),
                headerMatches);
    }

    private boolean readSetting(String key) throws IOException, DirectoryException {
        switch (key) {
            case "fqdn_listname" -> listName = Optional.of(listName());
            case "list_id" -> listId = Optional.of(json.string(JsonDirectoryReader.MAX_NAME_LENGTH));
            case "posting_chain" -> postingChain = json.string(JsonDirectoryReader.MAX_NAME_LENGTH);
            case "emergency" -> emergency = json.bool();
            case "autorespond_postings" ->
                autorespondPostings = !oneOf(AUTORESPONSES).equals("none");
            case "has_moderator_password" -> hasModeratorPassword = json.bool();
            case "dmarc_mitigate_action" -> dmarcMitigation = mitigation();
            case "default_member_action" -> defaultMemberAction = actionOrNull();
            case "default_nonmember_action" -> defaultNonmemberAction = actionOrNull();
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean readRoster(String key) throws IOException, DirectoryException {
        switch (key) {
            case "accept_these_nonmembers" -> readLegacy(legacy.accept);
            case "hold_these_nonmembers" -> readLegacy(legacy.hold);
            case "reject_these_nonmembers" -> readLegacy(legacy.reject);
            case "discard_these_nonmembers" -> readLegacy(legacy.discard);
            case "header_matches" -> json.array(this::readHeaderMatch);
            case "members" -> json.array(() -> readMembership(list::member));
            case "nonmembers" -> json.array(() -> readMembership(list::nonmember));
            case "bans" -> list.bans(JsonDirectoryReader.readBans(json));
            default -> {
                return false;
            }
        }
        return true;
    }

    private String listName() throws IOException, DirectoryException {
        String name = json.string(JsonDirectoryReader.MAX_NAME_LENGTH);
        int at = name.indexOf('@');
        if (at <= 0 || at == name.length() - 1) {
            throw json.valueError("must be a posting address such as \"ant@example.com\"");
        }
        if (!name.equals(name.toLowerCase(Locale.ROOT))) {
            throw json.valueError(
                    "must be in lower case, as in Mailman; write " + JsonCursor.quoted(name.toLowerCase(Locale.ROOT)));
        }
        return name;
    }

    private void readLegacy(List<String> entries) throws IOException, DirectoryException {
        if (json.isNull()) {
            legacy.legible = false;
        } else {
            json.array(() -> entries.add(json.string(JsonDirectoryReader.MAX_TEXT_LENGTH)));
        }
    }

    private void readHeaderMatch() throws IOException, DirectoryException {
        String[] fields = new String[3];
        json.object("header, pattern, chain", key -> {
            switch (key) {
                case "header" -> fields[0] = json.string(JsonDirectoryReader.MAX_TEXT_LENGTH);
                case "pattern" -> fields[1] = json.string(JsonDirectoryReader.MAX_TEXT_LENGTH);
                case "chain" ->
                    fields[2] = json.stringOrNull(JsonDirectoryReader.MAX_NAME_LENGTH)
                            .orElse(null);
                default -> {
                    return false;
                }
            }
            return true;
        });
        if (fields[0] == null || fields[1] == null) {
            throw json.error("a header match needs \"header\" and \"pattern\","
                    + " as in {\"header\": \"X-Spam\", \"pattern\": \"^yes\", \"chain\": \"hold\"}");
        }
        headerMatches.add(new HeaderMatch(fields[0], fields[1], Optional.ofNullable(fields[2])));
    }

    /** Where a membership goes. */
    private interface Place {
        void add(String address, Optional<ModerationAction> action);
    }

    private void readMembership(Place place) throws IOException, DirectoryException {
        if (json.isString()) {
            place.add(address(json), Optional.empty());
            return;
        }
        String[] email = new String[1];
        List<ModerationAction> action = new ArrayList<>(1);
        json.object("email, moderation_action", key -> {
            switch (key) {
                case "email" -> email[0] = address(json);
                case "moderation_action" -> actionOrNull().ifPresent(action::add);
                default -> {
                    return false;
                }
            }
            return true;
        });
        if (email[0] == null) {
            throw json.error("a membership needs \"email\", as in {\"email\": \"anne@example.com\"}");
        }
        place.add(email[0], action.stream().findFirst());
    }

    private DmarcMitigation mitigation() throws IOException, DirectoryException {
        return switch (oneOf(MITIGATIONS)) {
            case "reject", "discard" -> DmarcMitigation.MAY_REJECT_OR_DISCARD;
            default -> DmarcMitigation.HARMLESS;
        };
    }

    private Optional<ModerationAction> actionOrNull() throws IOException, DirectoryException {
        return json.isNull() ? Optional.empty() : ModerationAction.ofName(oneOf(ACTIONS));
    }

    private String oneOf(List<String> words) throws IOException, DirectoryException {
        String word = json.string(JsonDirectoryReader.MAX_NAME_LENGTH);
        if (!words.contains(word)) {
            String all = words.stream().map(JsonCursor::quoted).collect(Collectors.joining(", "));
            throw json.valueError("must be one of " + all + ", not " + JsonCursor.quoted(word));
        }
        return word;
    }

    /** An address in lower case, which is how Mailman stores it. */
    static String address(JsonCursor json) throws IOException, DirectoryException {
        String address = json.string(JsonDirectoryReader.MAX_NAME_LENGTH);
        if (address.indexOf('@') < 0) {
            throw json.valueError("must be an address such as \"anne@example.com\", not " + JsonCursor.quoted(address));
        }
        return address.toLowerCase(Locale.ROOT);
    }

    private static final class LegacyLists {
        private final List<String> accept = new ArrayList<>();
        private final List<String> hold = new ArrayList<>();
        private final List<String> reject = new ArrayList<>();
        private final List<String> discard = new ArrayList<>();
        private boolean legible = true;

        LegacyNonmembers toRecord() {
            return legible ? new LegacyNonmembers(accept, hold, reject, discard) : LegacyNonmembers.ILLEGIBLE;
        }
    }
}

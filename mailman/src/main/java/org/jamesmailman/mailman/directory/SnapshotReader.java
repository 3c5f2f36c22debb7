// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jamesmailman.mailman.directory.ListSettings.DmarcMitigation;
import org.jamesmailman.mailman.directory.ListSettings.LegacyNonmembers;

/**
 * Reads what {@link SnapshotWriter} wrote. Nothing in it is trusted: a length beyond the file's, or a number of
 * something that is not there, is an {@link IllegalArgumentException}.
 */
final class SnapshotReader {
    private static final CompactRoster NOBODY = CompactRoster.empty(new AddressTable());

    private final DataInputStream in;
    private final long longest;

    /** @param longest no sequence can have more elements or octets */
    SnapshotReader(DataInputStream in, long longest) {
        this.in = in;
        this.longest = longest;
    }

    Snapshot read(Instant takenAt) throws IOException {
        Set<String> mailHosts = new HashSet<>(strings());
        Map<String, String> mailHostsByAlias = new HashMap<>();
        for (int left = length(); left > 0; left--) {
            mailHostsByAlias.put(string(), string());
        }
        Bans siteBans = bans();
        AddressTable addresses = addresses();
        LinkedAddresses linked = LinkedAddresses.of(addresses, ints(), ints());
        List<ListSettings> settings = new ArrayList<>();
        for (int left = length(); left > 0; left--) {
            settings.add(settings());
        }
        Map<String, MailingList> lists = new HashMap<>();
        for (int left = length(); left > 0; left--) {
            MailingList list = list(settings, addresses);
            lists.put(list.postingAddress(), list);
        }
        return new CompactSnapshot(mailHosts, mailHostsByAlias, lists, siteBans, addresses, linked, takenAt);
    }

    private MailingList list(List<ListSettings> settings, AddressTable addresses) throws IOException {
        String listId = string();
        String postingAddress = string();
        int number = in.readInt();
        check(number >= 0 && number < settings.size());
        Bans bans = bans();
        return new MailingList(
                listId, postingAddress, settings.get(number), roster(addresses), roster(addresses), bans);
    }

    private AddressTable addresses() throws IOException {
        byte[] octets = octets();
        int[] ends = ints();
        int last = 0;
        for (int end : ends) {
            check(end >= last && end <= octets.length);
            last = end;
        }
        check(last == octets.length);
        return new AddressTable(octets, ends);
    }

    private ListSettings settings() throws IOException {
        return new ListSettings(
                string(),
                in.readBoolean(),
                in.readBoolean(),
                in.readBoolean(),
                mitigation(),
                action(),
                action(),
                nonmembers(),
                headerMatches());
    }

    private DmarcMitigation mitigation() throws IOException {
        return in.readBoolean() ? DmarcMitigation.MAY_REJECT_OR_DISCARD : DmarcMitigation.HARMLESS;
    }

    private Optional<ModerationAction> action() throws IOException {
        int number = in.readByte();
        Optional<ModerationAction> action = ModerationAction.ofNumber(number);
        check(action.isPresent() || number == -1);
        return action;
    }

    private LegacyNonmembers nonmembers() throws IOException {
        boolean legible = in.readBoolean();
        return new LegacyNonmembers(strings(), strings(), strings(), strings(), legible);
    }

    private List<HeaderMatch> headerMatches() throws IOException {
        List<HeaderMatch> matches = new ArrayList<>();
        for (int left = length(); left > 0; left--) {
            String header = string();
            String pattern = string();
            boolean hasChain = in.readBoolean();
            String chain = string();
            matches.add(new HeaderMatch(header, pattern, hasChain ? Optional.of(chain) : Optional.empty()));
        }
        return matches;
    }

    private Bans bans() throws IOException {
        List<String> literals = strings();
        List<String> patterns = strings();
        return literals.isEmpty() && patterns.isEmpty() ? Bans.NONE : new Bans(Set.copyOf(literals), patterns);
    }

    private Roster roster(AddressTable addresses) throws IOException {
        int[] ids = ints();
        byte[] actions = in.readNBytes(ids.length);
        check(actions.length == ids.length);
        return ids.length == 0 ? NOBODY : CompactRoster.of(addresses, ids, actions);
    }

    private int[] ints() throws IOException {
        int[] numbers = new int[length()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = in.readInt();
        }
        return numbers;
    }

    private List<String> strings() throws IOException {
        List<String> strings = new ArrayList<>();
        for (int left = length(); left > 0; left--) {
            strings.add(string());
        }
        return strings;
    }

    String string() throws IOException {
        return new String(octets(), StandardCharsets.UTF_8);
    }

    private byte[] octets() throws IOException {
        byte[] octets = new byte[length()];
        in.readFully(octets);
        return octets;
    }

    private int length() throws IOException {
        int length = in.readInt();
        check(length >= 0 && length <= longest);
        return length;
    }

    private static void check(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("a number is out of range");
        }
    }
}

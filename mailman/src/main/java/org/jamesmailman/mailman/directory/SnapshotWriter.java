// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jamesmailman.mailman.directory.ListSettings.DmarcMitigation;
import org.jamesmailman.mailman.directory.ListSettings.LegacyNonmembers;

/**
 * Writes a snapshot for {@link SnapshotReader}: the arrays as they are, so that they need not be made again, and
 * settings that several lists share once.
 *
 * <p>Numbers are big-endian; a string is its length in octets, and then these, in UTF-8; a sequence is its length and
 * then its elements.
 */
final class SnapshotWriter {
    private final DataOutputStream out;

    SnapshotWriter(DataOutputStream out) {
        this.out = out;
    }

    void write(CompactSnapshot snapshot) throws IOException {
        strings(snapshot.mailHosts());
        out.writeInt(snapshot.mailHostsByAlias().size());
        for (Map.Entry<String, String> alias : snapshot.mailHostsByAlias().entrySet()) {
            string(alias.getKey());
            string(alias.getValue());
        }
        bans(snapshot.siteBans());
        addresses(snapshot.addresses());
        ints(snapshot.linkedAddresses().runOf());
        ints(snapshot.linkedAddresses().runs());
        Map<ListSettings, Integer> settings = new LinkedHashMap<>();
        for (MailingList list : snapshot.lists()) {
            settings.putIfAbsent(list.settings(), settings.size());
        }
        out.writeInt(settings.size());
        for (ListSettings one : settings.keySet()) {
            settings(one);
        }
        out.writeInt(snapshot.lists().size());
        for (MailingList list : snapshot.lists()) {
            string(list.listId());
            string(list.postingAddress());
            out.writeInt(settings.get(list.settings()));
            bans(list.bans());
            roster((CompactRoster) list.members());
            roster((CompactRoster) list.nonmembers());
        }
    }

    private void addresses(AddressTable addresses) throws IOException {
        int count = addresses.size();
        int octetCount = addresses.octetCount(count);
        out.writeInt(octetCount);
        out.write(addresses.octets(), 0, octetCount);
        int[] ends = addresses.ends();
        out.writeInt(count);
        for (int i = 0; i < count; i++) {
            out.writeInt(ends[i]);
        }
    }

    private void settings(ListSettings settings) throws IOException {
        string(settings.postingChain());
        out.writeBoolean(settings.emergency());
        out.writeBoolean(settings.autorespondPostings());
        out.writeBoolean(settings.hasModeratorPassword());
        out.writeBoolean(settings.dmarcMitigation() == DmarcMitigation.MAY_REJECT_OR_DISCARD);
        action(settings.defaultMemberAction());
        action(settings.defaultNonmemberAction());
        LegacyNonmembers nonmembers = settings.nonmembers();
        out.writeBoolean(nonmembers.legible());
        strings(nonmembers.accept());
        strings(nonmembers.hold());
        strings(nonmembers.reject());
        strings(nonmembers.discard());
        List<HeaderMatch> matches = settings.headerMatches();
        out.writeInt(matches.size());
        for (HeaderMatch match : matches) {
            string(match.header());
            string(match.pattern());
            out.writeBoolean(match.chain().isPresent());
            string(match.chain().orElse(""));
        }
    }

    private void action(Optional<ModerationAction> action) throws IOException {
        out.writeByte(action.map(ModerationAction::number).orElse(-1));
    }

    private void bans(Bans bans) throws IOException {
        strings(bans.literals());
        strings(bans.patterns());
    }

    private void roster(CompactRoster roster) throws IOException {
        ints(roster.ids());
        out.write(roster.actions());
    }

    private void ints(int[] numbers) throws IOException {
        out.writeInt(numbers.length);
        for (int number : numbers) {
            out.writeInt(number);
        }
    }

    private void strings(Collection<String> strings) throws IOException {
        out.writeInt(strings.size());
        for (String string : strings) {
            string(string);
        }
    }

    void string(String string) throws IOException {
        byte[] octets = string.getBytes(StandardCharsets.UTF_8);
        out.writeInt(octets.length);
        out.write(octets);
    }
}

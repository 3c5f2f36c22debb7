// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jamesmailman.mailman.directory.ListSettings.DmarcMitigation;
import org.jamesmailman.mailman.directory.ListSettings.LegacyNonmembers;

/** A list for tests: as Mailman's default style makes it, but for what a test says. Not thread-safe. */
public final class ListFixture {
    private final String postingAddress;
    private final Map<String, Membership> members = new HashMap<>();
    private final Map<String, Membership> nonmembers = new HashMap<>();
    private String postingChain = ListSettings.DEFAULT_POSTING_CHAIN;
    private boolean emergency;
    private boolean autorespondPostings;
    private boolean moderatorPassword;
    private DmarcMitigation dmarcMitigation = DmarcMitigation.HARMLESS;
    private Optional<ModerationAction> defaultMemberAction = Optional.of(ModerationAction.DEFER);
    private Optional<ModerationAction> defaultNonmemberAction = Optional.of(ModerationAction.HOLD);
    private LegacyNonmembers legacy = LegacyNonmembers.NONE;
    private List<HeaderMatch> headerMatches = List.of();
    private Bans bans = Bans.NONE;

    public ListFixture(String postingAddress) {
        this.postingAddress = postingAddress;
    }

    /** Adds a member to whom the list's default action applies. */
    public ListFixture member(String address) {
        members.put(address, new Membership(Optional.empty()));
        return this;
    }

    /** Adds a member with an action of his own. */
    public ListFixture member(String address, ModerationAction action) {
        members.put(address, new Membership(Optional.of(action)));
        return this;
    }

    /** Adds a nonmember to whom the list's default action applies. */
    public ListFixture nonmember(String address) {
        nonmembers.put(address, new Membership(Optional.empty()));
        return this;
    }

    /** Adds a nonmember with an action of his own. */
    public ListFixture nonmember(String address, ModerationAction action) {
        nonmembers.put(address, new Membership(Optional.of(action)));
        return this;
    }

    public ListFixture postingChain(String chain) {
        postingChain = chain;
        return this;
    }

    public ListFixture emergency() {
        emergency = true;
        return this;
    }

    public ListFixture autorespondPostings() {
        autorespondPostings = true;
        return this;
    }

    public ListFixture moderatorPassword() {
        moderatorPassword = true;
        return this;
    }

    public ListFixture dmarcMitigation(DmarcMitigation mitigation) {
        dmarcMitigation = mitigation;
        return this;
    }

    /** Sets the default action for members; none stands for NULL. */
    public ListFixture defaultMemberAction(ModerationAction... action) {
        defaultMemberAction = List.of(action).stream().findFirst();
        return this;
    }

    /** Sets the default action for nonmembers; none stands for NULL. */
    public ListFixture defaultNonmemberAction(ModerationAction... action) {
        defaultNonmemberAction = List.of(action).stream().findFirst();
        return this;
    }

    public ListFixture legacy(LegacyNonmembers nonmembersOfOld) {
        legacy = nonmembersOfOld;
        return this;
    }

    public ListFixture headerMatches(HeaderMatch... matches) {
        headerMatches = List.of(matches);
        return this;
    }

    public ListFixture bans(Bans ofList) {
        bans = ofList;
        return this;
    }

    public MailingList build() {
        return new MailingList(
                postingAddress.replace('@', '.'),
                postingAddress,
                new ListSettings(
                        postingChain,
                        emergency,
                        autorespondPostings,
                        moderatorPassword,
                        dmarcMitigation,
                        defaultMemberAction,
                        defaultNonmemberAction,
                        legacy,
                        headerMatches),
                new MapRoster(Map.copyOf(members)),
                new MapRoster(Map.copyOf(nonmembers)),
                bans);
    }

    private record MapRoster(Map<String, Membership> memberships) implements Roster {
        @Override
        public Optional<Membership> find(String email) {
            return Optional.ofNullable(memberships.get(email));
        }

        @Override
        public int size() {
            return memberships.size();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jamesmailman.mailman.directory.ListSettings.DmarcMitigation;
import org.jamesmailman.mailman.directory.ListSettings.LegacyNonmembers;
import org.junit.jupiter.api.Test;

/**
 * What every source makes of one site, which each implementation sets up in its own way:
 *
 * <ul>
 *   <li>domains {@code example.com} (alias {@code example.net}) and {@code lists.example.org};
 *   <li>{@code ant@example.com}, as new, with the members {@code anne@example.com}, {@code bart@example.com} (reject)
 *       and {@code jörg@example.com}, the nonmembers {@code carl@example.com} (accept) and {@code elle@example.com},
 *       and {@code anne@example.com} as its owner as well as {@code olga@example.com};
 *   <li>{@code bee@lists.example.org}, with every setting changed and nobody on it;
 *   <li>a user of {@code anne@example.com} and {@code anne@home.example}; one of {@code bart@example.com} alone;
 *   <li>the bans {@code dave@example.com} and {@code ^.*@bad\.example$} of ant, {@code eve@example.com} and
 *       {@code ^eve} of the site.
 * </ul>
 */
public interface DirectorySourceContract {
    /** A source of the site above, which the test closes. */
    DirectorySource source();

    /** Adds the list {@code cat@example.com} to the site. */
    void addList();

    /** Whether a change is noticed as soon as it is made, and not by reading again after a while. */
    default boolean noticesAtOnce() {
        return true;
    }

    /** The posting chain of bee@lists.example.org, as the source has it. */
    default String postingChainOfBee() {
        return "accept";
    }

    private Snapshot load() throws DirectoryException {
        try (DirectorySource source = source()) {
            return source.load();
        }
    }

    private MailingList list(String postingAddress) throws DirectoryException {
        return load().list(postingAddress).orElseThrow();
    }

    @Test
    default void findsAListByItsPostingAddress() throws Exception {
        Snapshot snapshot = load();
        assertThat(snapshot.list("ant@example.com").orElseThrow().postingAddress())
                .isEqualTo("ant@example.com");
        assertThat(snapshot.listIdOf("bee@lists.example.org")).contains("bee.lists.example.org");
        assertThat(snapshot.listCount()).isEqualTo(2);
    }

    @Test
    default void findsNoListByAnyOtherName() throws Exception {
        Snapshot snapshot = load();
        assertThat(snapshot.list("cat@example.com")).isEmpty();
        assertThat(snapshot.list("Ant@example.com")).isEmpty();
        assertThat(snapshot.list("ant@example.net")).isEmpty();
        assertThat(snapshot.list("ant.example.com")).isEmpty();
        assertThat(snapshot.list("")).isEmpty();
    }

    @Test
    default void knowsTheDomainsAndTheirAliases() throws Exception {
        Snapshot snapshot = load();
        assertThat(snapshot.isMailHost("example.com")).isTrue();
        assertThat(snapshot.isMailHost("lists.example.org")).isTrue();
        assertThat(snapshot.isMailHost("example.net")).isFalse();
        assertThat(snapshot.mailHostOfAlias("example.net")).contains("example.com");
        assertThat(snapshot.mailHostOfAlias("example.com")).isEmpty();
        assertThat(snapshot.mailHostOfAlias("")).isEmpty();
    }

    @Test
    default void knowsMembersAndTheirActions() throws Exception {
        Roster members = list("ant@example.com").members();
        assertThat(members.size()).isEqualTo(3);
        assertThat(members.find("anne@example.com")).contains(new Membership(Optional.empty()));
        assertThat(members.find("bart@example.com")).contains(new Membership(Optional.of(ModerationAction.REJECT)));
        assertThat(members.find("jörg@example.com")).contains(new Membership(Optional.empty()));
    }

    @Test
    default void doesNotTakeNonmembersOrOwnersForMembers() throws Exception {
        Roster members = list("ant@example.com").members();
        assertThat(members.find("carl@example.com")).isEmpty();
        assertThat(members.find("olga@example.com")).isEmpty();
        assertThat(members.find("anne@home.example")).isEmpty();
        assertThat(members.find("nobody@example.com")).isEmpty();
        assertThat(list("bee@lists.example.org").members().find("anne@example.com"))
                .isEmpty();
    }

    @Test
    default void knowsNonmembersAndTheirActions() throws Exception {
        Roster nonmembers = list("ant@example.com").nonmembers();
        assertThat(nonmembers.size()).isEqualTo(2);
        assertThat(nonmembers.find("carl@example.com")).contains(new Membership(Optional.of(ModerationAction.ACCEPT)));
        assertThat(nonmembers.find("elle@example.com")).contains(new Membership(Optional.empty()));
        assertThat(nonmembers.find("anne@example.com")).isEmpty();
    }

    @Test
    default void knowsWhichAddressesBelongToOneUser() throws Exception {
        Snapshot snapshot = load();
        assertThat(snapshot.linkedAddresses("anne@home.example"))
                .containsExactly("anne@example.com", "anne@home.example");
        assertThat(snapshot.linkedAddresses("anne@example.com"))
                .containsExactly("anne@example.com", "anne@home.example");
        assertThat(snapshot.linkedAddresses("bart@example.com")).containsExactly("bart@example.com");
        assertThat(snapshot.linkedAddresses("carl@example.com")).isEmpty();
        assertThat(snapshot.linkedAddresses("nobody@example.com")).isEmpty();
    }

    @Test
    default void knowsTheBansOfListAndSite() throws Exception {
        Snapshot snapshot = load();
        assertThat(snapshot.siteBans()).isEqualTo(new Bans(Set.of("eve@example.com"), List.of("^eve")));
        assertThat(snapshot.list("ant@example.com").orElseThrow().bans())
                .isEqualTo(new Bans(Set.of("dave@example.com"), List.of("^.*@bad\\.example$")));
        assertThat(snapshot.list("bee@lists.example.org").orElseThrow().bans().isEmpty())
                .isTrue();
    }

    @Test
    default void knowsTheSettingsOfANewList() throws Exception {
        assertThat(list("ant@example.com").settings()).isEqualTo(ListSettings.DEFAULTS);
    }

    @Test
    default void knowsTheSettingsOfAListWithEverythingChanged() throws Exception {
        assertThat(list("bee@lists.example.org").settings())
                .isEqualTo(new ListSettings(
                        postingChainOfBee(),
                        true,
                        true,
                        true,
                        DmarcMitigation.MAY_REJECT_OR_DISCARD,
                        Optional.of(ModerationAction.HOLD),
                        Optional.of(ModerationAction.DISCARD),
                        new LegacyNonmembers(
                                List.of("^a.*@example\\.com$", "jörg@example.com"),
                                List.of("h@example.com"),
                                List.of("r@example.com"),
                                List.of("d@example.com", "^d")),
                        List.of(
                                new HeaderMatch("x-spam", "^yes", Optional.of("discard")),
                                new HeaderMatch("subject", "viagra|casino", Optional.empty()))));
    }

    @Test
    default void reportsAChangeUntilItHasBeenRead() throws Exception {
        try (DirectorySource source = source()) {
            assertThat(source.hasChanged()).isTrue();
            loadUntilUnchanged(source);
            addList();
            if (!noticesAtOnce()) {
                Eventually.await("it is time to read again", source::hasChanged);
            }
            assertThat(source.hasChanged()).isTrue();
            assertThat(source.hasChanged()).isTrue();
            assertThat(source.load().list("cat@example.com")).isPresent();
            loadUntilUnchanged(source);
        }
    }

    /** A file's time may be too coarse to tell at once that nothing more was written. */
    private static void loadUntilUnchanged(DirectorySource source) throws Exception {
        source.load();
        Eventually.await("the source is unchanged", () -> {
            if (source.hasChanged()) {
                source.load();
                return false;
            }
            return true;
        });
    }

    @Test
    default void namesWhatItReads() {
        try (DirectorySource source = source()) {
            assertThat(source.description()).contains("/");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jamesmailman.mailman.directory.ListSettings.LegacyNonmembers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFileSourceTest {
    private static final String SITE = """
            {
              "version": 1,
              "domains": [
                {"mail_host": "lists.example.org"},
                {"mail_host": "example.com", "alias_domain": "example.net"}
              ],
              "bans": ["eve@example.com", "^eve"],
              "users": [["anne@example.com", "anne@home.example"], ["bart@example.com"]],
              "lists": [
                {
                  "members": [
                    "Anne@Example.com",
                    {"email": "bart@example.com", "moderation_action": "reject"},
                    {"email": "jörg@example.com", "moderation_action": null}
                  ],
                  "nonmembers": [{"moderation_action": "accept", "email": "carl@example.com"}, "elle@example.com"],
                  "bans": ["dave@example.com", "^.*@bad\\\\.example$"],
                  "fqdn_listname": "ant@example.com"
                },
                {
                  "fqdn_listname": "bee@lists.example.org",
                  "list_id": "bee.lists.example.org",
                  "posting_chain": "accept",
                  "emergency": true,
                  "autorespond_postings": "respond_and_continue",
                  "has_moderator_password": true,
                  "dmarc_mitigate_action": "reject",
                  "default_member_action": "hold",
                  "default_nonmember_action": "discard",
                  "accept_these_nonmembers": ["^a.*@example\\\\.com$", "jörg@example.com"],
                  "hold_these_nonmembers": ["h@example.com"],
                  "reject_these_nonmembers": ["r@example.com"],
                  "discard_these_nonmembers": ["d@example.com", "^d"],
                  "header_matches": [
                    {"header": "x-spam", "pattern": "^yes", "chain": "discard"},
                    {"header": "subject", "pattern": "viagra|casino", "chain": null}
                  ],
                  "bans": []
                }%s
              ]
            }
            """;

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void setUp() {
        file = directory.resolve("directory.json");
    }

    private Snapshot load(String document) throws DirectoryException {
        write(document);
        return new JsonFileSource(file).load();
    }

    private MailingList loadList(String settings) throws DirectoryException {
        return load("{\"lists\": [{\"fqdn_listname\": \"ant@example.com\", " + settings + "}]}")
                .list("ant@example.com")
                .orElseThrow();
    }

    private void write(String document) {
        try {
            Files.writeString(file, document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Nested
    class Contract implements DirectorySourceContract {
        @Override
        public DirectorySource source() {
            write(SITE.formatted(""));
            return new JsonFileSource(file);
        }

        @Override
        public void addList() {
            write(SITE.formatted(", {\"fqdn_listname\": \"cat@example.com\"}"));
        }
    }

    @Test
    void takesAnEmptyObjectForASiteWithNothing() throws Exception {
        assertThat(load("{}").listCount()).isZero();
    }

    @Test
    void givesTheFirstDomainInMailHostOrderAContestedAlias() throws Exception {
        Snapshot snapshot = load("""
                {"domains": [{"mail_host": "b.example", "alias_domain": "x.example"},
                             {"mail_host": "a.example", "alias_domain": "x.example"}]}""");
        assertThat(snapshot.mailHostOfAlias("x.example")).contains("a.example");
    }

    @Test
    void takesNullForWhatMailmanStumblesOn() throws Exception {
        ListSettings settings = loadList(
                        "\"default_member_action\": null, \"default_nonmember_action\": null, \"accept_these_nonmembers\": null")
                .settings();
        assertThat(settings.defaultMemberAction()).isEmpty();
        assertThat(settings.defaultNonmemberAction()).isEmpty();
        assertThat(settings.nonmembers()).isEqualTo(LegacyNonmembers.ILLEGIBLE);
        assertThat(settings.nonmembers().isEmpty()).isFalse();
    }

    @Test
    void countsTwoMembershipsOfOneAddressOnceAndTheFirstDecides() throws Exception {
        Roster members = loadList("""
                "members": [{"email": "anne@example.com", "moderation_action": "hold"}, "ANNE@example.com"]""").members();
        assertThat(members.size()).isEqualTo(1);
        assertThat(members.find("anne@example.com")).contains(new Membership(Optional.of(ModerationAction.HOLD)));
    }

    @Test
    void isTakenWhenTheFileSaysOrElseWhenItIsRead() throws Exception {
        assertThat(load("{\"taken_at\": \"2026-01-31T12:00:00Z\"}").takenAt())
                .isEqualTo(Instant.parse("2026-01-31T12:00:00Z"));
        Instant before = Instant.now();
        assertThat(load("{}").takenAt()).isBetween(before, Instant.now());
    }

    @ParameterizedTest
    @ValueSource(strings = {"no_mitigation", "munge_from", "wrap_message"})
    void takesAMitigationThatOnlyRewritesForHarmless(String action) throws Exception {
        assertThat(loadList("\"dmarc_mitigate_action\": \"" + action + '"').settings())
                .isEqualTo(ListSettings.DEFAULTS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            []                                                      | line 1: the document must be an object in {}, but "[" stands there.
            {"list": []}                                            | line 1: there is no key "list" here; the keys are version,
            {"version": 2}                                          | line 1: "version" is 2, but this version reads only 1.
            {"version": "1"}                                        | line 1: "version" must be a whole number, but "1" stands there.
            {"taken_at": "noon"}                                    | "taken_at" must be a time such as "2026-01-31T12:00:00Z".
            {"domains": [{}]}                                       | a domain needs "mail_host"
            {"domains": [{"mail_host": "a"}, {"mail_host": "a"}]}   | the domain "a" stands here twice; remove one.
            {"domains": ["example.com"]}                            | "domains" must be an object in {}, but "example.com" stands there.
            {"lists": [{}]}                                         | the list that ends here needs "fqdn_listname"
            {"lists": [{"fqdn_listname": "ant"}]}                   | "fqdn_listname" must be a posting address such as "ant@example.com".
            {"lists": [{"fqdn_listname": "Ant@example.com"}]}       | "fqdn_listname" must be in lower case, as in Mailman; write "ant@example.com".
            {"lists": [{"emergency": "yes"}]}                       | "emergency" must be true or false, but "yes" stands there.
            {"lists": [{"members": "anne@example.com"}]}            | "members" must be an array in [], but "anne@example.com" stands there.
            {"lists": [{"members": ["anne"]}]}                      | "members" must be an address such as "anne@example.com", not "anne".
            {"lists": [{"members": [{"moderation_action": "hold"}]}]} | a membership needs "email"
            {"lists": [{"members": [{"email": "a@b", "moderation_action": "bounce"}]}]} | "moderation_action" must be one of "hold", "reject", "discard", "accept", "defer", not "bounce".
            {"lists": [{"default_member_action": "no"}]}            | "default_member_action" must be one of
            {"lists": [{"header_matches": [{"header": "x"}]}]}      | a header match needs "header" and "pattern"
            {"lists": [{"header_matches": [{"action": "hold"}]}]}   | there is no key "action" here; the keys are header, pattern, chain.
            {"users": [["anne@example.com"], "bart@example.com"]}   | "users" must be an array in [], but "bart@example.com" stands there.
            {"bans": [1]}                                           | "bans" must be a string in quotes, but "1" stands there.
            {} {}                                                   | line 1: something follows the closing brace; remove it.
            {"lists": []                                            | this is not JSON
            {"lists": [], "lists": []}                              | this is not JSON (Duplicate field 'lists')
            {version: 1}                                            | this is not JSON
            """)
    void refusesWhatItDoesNotUnderstandWithASentenceThatSaysWhatToWrite(String document, String sentence) {
        assertThatThrownBy(() -> load(document))
                .isInstanceOf(DirectoryException.class)
                .hasMessageStartingWith(file + ", line 1: ")
                .hasMessageContaining(sentence)
                .hasMessageEndingWith(".");
    }

    @Test
    void namesTheLineOfAnError() {
        assertThatThrownBy(() -> load("{\n\n\"lists\": [\n{\"nonsense\": 1}]}"))
                .hasMessageContaining("line 4: there is no key \"nonsense\" here");
    }

    @Test
    void refusesTheSameListTwice() {
        assertThatThrownBy(() -> load("""
                {"lists": [{"fqdn_listname": "ant@example.com"},
                {"fqdn_listname": "ant@example.com"}]}"""))
                .hasMessage(file + ", line 2: the list \"ant@example.com\" stands here twice; remove one.");
    }

    @Test
    void doesNotLetTheFilesTextOutOfItsQuotes() {
        assertThatThrownBy(() -> load("{\"\\u001b[31m\\nx\": 1}"))
                .hasMessageContaining("there is no key \"?[31m?x\" here");
    }

    @Test
    void refusesAnAbsurdlyLongName() {
        String name = "a".repeat(2_000) + "@example.com";
        assertThatThrownBy(() -> load("{\"users\": [[\"" + name + "\"]]}"))
                .hasMessageContaining("\"users\" is longer than 1000 characters; shorten it.");
    }

    @Test
    void saysThatTheFileIsMissing() {
        JsonFileSource source = new JsonFileSource(file);
        assertThatThrownBy(source::load)
                .isInstanceOf(DirectoryException.class)
                .hasMessage(
                        "The directory file " + file + " cannot be read (there is no such file); set directory.file in"
                                + " mailman.properties to a readable file.");
        assertThatThrownBy(source::hasChanged).isInstanceOf(DirectoryException.class);
    }

    @Test
    void seesAFileThatIsPutInTheOldOnesPlace() throws Exception {
        write("{}");
        JsonFileSource source = new JsonFileSource(file);
        Eventually.await("the source is unchanged", () -> {
            source.load();
            return !source.hasChanged();
        });
        Path other = Files.writeString(directory.resolve("new.json"), "{}");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
        Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(source.hasChanged()).isTrue();
    }

    @Test
    void isUnaffectedByTheOrderOfUsersAndLists() throws Exception {
        Snapshot snapshot = load("""
                {"lists": [{"fqdn_listname": "ant@example.com", "members": ["b@example.com"]}],
                 "users": [["a@example.com", "b@example.com", "c@example.com"], []]}""");
        assertThat(snapshot.linkedAddresses("b@example.com"))
                .isEqualTo(List.of("a@example.com", "b@example.com", "c@example.com"));
    }
}

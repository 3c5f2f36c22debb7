// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jamesmailman.mailman.directory.ContractSite;
import org.jamesmailman.mailman.directory.DirectoryException;
import org.jamesmailman.mailman.directory.DirectoryKeeper;
import org.jamesmailman.mailman.directory.DirectorySource;
import org.jamesmailman.mailman.directory.DirectorySourceContract;
import org.jamesmailman.mailman.directory.Eventually;
import org.jamesmailman.mailman.directory.HeaderMatch;
import org.jamesmailman.mailman.directory.ListSettings;
import org.jamesmailman.mailman.directory.ListSettings.DmarcMitigation;
import org.jamesmailman.mailman.directory.ListSettings.LegacyNonmembers;
import org.jamesmailman.mailman.directory.MailingList;
import org.jamesmailman.mailman.directory.MailmanSite;
import org.jamesmailman.mailman.directory.Membership;
import org.jamesmailman.mailman.directory.ModerationAction;
import org.jamesmailman.mailman.directory.Roster;
import org.jamesmailman.mailman.directory.Snapshot;
import org.jamesmailman.testing.FreePorts;
import org.jamesmailman.testing.PrivateMailman;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Asks the REST API of a real Mailman. What is no Mailman, or one of another version, is played by a server of ours.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestSourceTest implements DirectorySourceContract {
    private static final Optional<String> DEFAULT_CHAIN = Optional.of(ListSettings.DEFAULT_POSTING_CHAIN);
    private static final Optional<String> NOBODY_KNOWS = Optional.empty();

    /** Mailman's own code on the database of {@link #mailman}, for what REST does not let one do. */
    private MailmanSite site;

    private PrivateMailman mailman;

    @BeforeAll
    void start(@TempDir Path directory) {
        site = MailmanSite.start(directory);
        ContractSite.make(site);
        mailman = PrivateMailman.builder()
                .database("sqlite:///" + site.database())
                .start();
    }

    @AfterAll
    void stop() {
        mailman.close();
        site.close();
    }

    @BeforeEach
    void removeTheListsOfTheTestBefore() {
        site.run("forget('cat@example.com'); forget('odd@example.com')");
    }

    @Override
    public DirectorySource source() {
        return source(DEFAULT_CHAIN);
    }

    private DirectorySource source(Optional<String> postingChain) {
        return new RestSource(access(mailman.rest().password()), postingChain);
    }

    private RestAccess access(String password) {
        return new RestAccess(
                URI.create("http://127.0.0.1:" + mailman.rest().port()),
                mailman.rest().user(),
                password);
    }

    @Override
    public void addList() {
        site.run("create_list('cat@example.com')");
    }

    @Override
    public boolean noticesAtOnce() {
        return false;
    }

    @Override
    public String postingChainOfBee() {
        return ListSettings.DEFAULT_POSTING_CHAIN;
    }

    private Snapshot load() throws DirectoryException {
        try (DirectorySource source = source()) {
            return source.load();
        }
    }

    private MailingList load(String postingAddress) throws DirectoryException {
        return load().list(postingAddress).orElseThrow();
    }

    @Test
    void doesNotKnowThePostingChainUnlessTheAdministratorSaysIt() throws Exception {
        try (DirectorySource source = source(NOBODY_KNOWS)) {
            assertThat(source.load()
                            .list("ant@example.com")
                            .orElseThrow()
                            .settings()
                            .postingChain())
                    .isEqualTo(ListSettings.UNKNOWN_POSTING_CHAIN);
        }
    }

    @Test
    void prefersAnExplicitMembershipToOneByPreferredAddress() throws Exception {
        site.run("""
                create_list('cat@example.com')
                both = user('both@cat.example', 'other@cat.example')
                by_user = mlist('cat@example.com').subscribe(both)
                by_user.moderation_action = Action.discard
                subscribe('cat@example.com', 'both@cat.example', action=Action.accept)
                only = user('only@cat.example')
                mlist('cat@example.com').subscribe(only).moderation_action = Action.hold
                """);
        Roster members = load("cat@example.com").members();
        assertThat(members.find("both@cat.example")).contains(new Membership(Optional.of(ModerationAction.ACCEPT)));
        assertThat(members.find("only@cat.example")).contains(new Membership(Optional.of(ModerationAction.HOLD)));
        assertThat(members.size()).isEqualTo(2);
    }

    @Test
    void readsMoreMembersThanOnePageHolds() throws Exception {
        site.run("""
                create_list('cat@example.com')
                for i in range(2001):
                    sql("INSERT INTO address (email) VALUES (:email)", email='m%d@many.example' % i)
                sql("INSERT INTO member (role, list_id, address_id)"
                    " SELECT 1, 'cat.example.com', id FROM address WHERE email LIKE 'm%@many.example'")
                """);
        try {
            Roster members = load("cat@example.com").members();
            assertThat(members.size()).isEqualTo(2001);
            assertThat(members.find("m0@many.example")).isPresent();
            assertThat(members.find("m2000@many.example")).isPresent();
        } finally {
            site.run("forget('cat@example.com'); sql(\"DELETE FROM address WHERE email LIKE 'm%@many.example'\")");
        }
    }

    @Test
    void leavesToMailmanWhatItCannotTell() throws Exception {
        site.run("create_list('odd@example.com')");
        site.run("sql(\"UPDATE mailinglist SET emergency = NULL, autorespond_postings = NULL,"
                + " dmarc_mitigate_action = NULL, default_member_action = NULL, default_nonmember_action = NULL,"
                + " moderator_password = x'', accept_these_nonmembers = NULL WHERE list_name = 'odd'\")");
        site.run("sql(\"INSERT INTO headermatch (mailing_list_id, position) SELECT id, 0 FROM mailinglist WHERE"
                + " list_name = 'odd'\")");
        ListSettings settings = load("odd@example.com").settings();
        assertThat(settings.emergency()).isFalse();
        assertThat(settings.autorespondPostings()).isTrue();
        assertThat(settings.hasModeratorPassword()).isTrue();
        assertThat(settings.dmarcMitigation()).isEqualTo(DmarcMitigation.HARMLESS);
        assertThat(settings.defaultMemberAction()).isEmpty();
        assertThat(settings.defaultNonmemberAction()).isEmpty();
        assertThat(settings.nonmembers()).isEqualTo(LegacyNonmembers.ILLEGIBLE);
        assertThat(settings.headerMatches()).containsExactly(new HeaderMatch("", "", Optional.of("")));
    }

    @Test
    void leavesToMailmanTheListOverWhichItStumbles() throws Exception {
        site.run("create_list('odd@example.com'); subscribe('odd@example.com', 'fay@example.com')");
        site.run("sql(\"UPDATE member SET moderation_action = 77 WHERE list_id = 'odd.example.com'\")");
        Snapshot snapshot = load();
        assertThat(snapshot.list("odd@example.com").orElseThrow().settings().postingChain())
                .isEqualTo(ListSettings.UNKNOWN_POSTING_CHAIN);
        assertThat(snapshot.list("ant@example.com").orElseThrow().settings()).isEqualTo(ListSettings.DEFAULTS);
    }

    @Test
    void triesThePatternsFirstOverWhichMailmanMayStumble() throws Exception {
        site.run("""
                create_list('cat@example.com')
                for email in (r'^.*@a\\.example$', r'^(', r'^b.*', r'^[c]', 'Dave@Example.com'):
                    IBanManager(mlist('cat@example.com')).ban(email)
                """);
        assertThat(load("cat@example.com").bans().patterns()).containsExactly("^(", "^[c]", "^.*@a\\.example$", "^b.*");
        assertThat(load("cat@example.com").bans().literals()).containsExactly("Dave@Example.com");
    }

    @Test
    void namesTheWrongPasswordWithoutRepeatingIt() {
        assertFails(
                access("s3cr3t"), "refuses user or password; correct directory.rest.user and directory.rest.password");
    }

    @Test
    void hidesThePasswordWhereverItShowsItself() {
        RestAccess access = new RestAccess(URI.create("http://localhost:8001"), "restadmin", "s3cr3t");
        assertThat(access.toString()).isEqualTo("Mailman's REST API at http://localhost:8001");
    }

    @Test
    void saysThatNobodyListens() {
        RestAccess access = new RestAccess(URI.create("http://127.0.0.1:" + FreePorts.next()), "u", "s3cr3t");
        assertFails(access, "does not take connections; start Mailman");
    }

    @Test
    void saysThatTheHostIsNotKnown() {
        RestAccess access = new RestAccess(URI.create("http://no-such-host.invalid:8001"), "u", "s3cr3t");
        assertFails(access, "is on a host whose name is not known");
    }

    @Test
    void refusesAnotherVersionOfMailman() throws Exception {
        assertFailsOn(
                "{\"mailman_version\": \"GNU Mailman 3.3.10 (Tom Sawyer)\"}",
                "is of \"GNU Mailman 3.3.10 (Tom Sawyer)\", but this version knows only Mailman 3.3.5, 3.3.6, 3.3.7,"
                        + " 3.3.8; use a version of james-mailman made for that Mailman");
    }

    @Test
    void refusesWhatIsNoMailman() throws Exception {
        assertFailsOn("<html>", "gives an answer that is not JSON; see whether it is Mailman that listens there");
        assertFailsOn("[1]", "gives an answer that is not JSON");
        assertFailsOn("", "gives an answer that is not JSON");
        assertFailsOn("{}", "is of \"\", but this version knows only Mailman");
    }

    @Test
    void refusesAnAnswerWithoutAnEnd() throws Exception {
        assertFailsOn(" ".repeat(33 << 20), "gives an answer of more than 32 MiB; take the database as source");
    }

    private static void assertFailsOn(String answer, String message) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] octets = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, octets.length == 0 ? -1 : octets.length);
            exchange.getResponseBody().write(octets);
            exchange.close();
        });
        server.start();
        try {
            assertFails(
                    new RestAccess(
                            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + '/'), "u", "s3cr3t"),
                    message);
        } finally {
            server.stop(0);
        }
    }

    private static void assertFails(RestAccess access, String message) {
        try (DirectorySource source = new RestSource(access, NOBODY_KNOWS)) {
            assertThatThrownBy(source::load)
                    .isInstanceOf(DirectoryException.class)
                    .hasMessageStartingWith("Mailman's REST API at http://")
                    .hasMessageContaining(message)
                    .hasMessageEndingWith(".")
                    .hasMessageNotContaining("s3cr3t");
        }
    }

    @Test
    void readsOnWhenMailmanIsBack() throws Exception {
        try (DirectoryKeeper keeper =
                DirectoryKeeper.start(source(), Duration.ofMillis(100), Duration.ZERO, Optional.empty())) {
            keeper.awaitFirstLoad(Duration.ofSeconds(60));
            mailman.stop();
            try {
                site.run("create_list('cat@example.com')");
            } finally {
                mailman.start();
            }
            Eventually.await(
                    "the keeper reads again",
                    () -> keeper.current().orElseThrow().list("cat@example.com").isPresent());
        }
    }

    @Test
    void readsAgainAfterFourTimesAsLongAsItTook() throws Exception {
        try (DirectorySource source = source()) {
            assertThat(source.hasChanged()).isTrue();
            source.load();
            assertThat(source.hasChanged()).isFalse();
            Eventually.await("it is time to read again", source::hasChanged);
            assertThat(source.load().siteBans().literals()).containsExactly("eve@example.com");
        }
    }
}

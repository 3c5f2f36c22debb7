// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jamesmailman.mailman.policy.PostFixture.ANNE;
import static org.jamesmailman.mailman.policy.PostFixture.BART;
import static org.jamesmailman.mailman.policy.PostFixture.ant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jamesmailman.mailman.configuration.SiteSettings;
import org.jamesmailman.mailman.directory.Bans;
import org.jamesmailman.mailman.directory.HeaderMatch;
import org.jamesmailman.mailman.directory.ListFixture;
import org.jamesmailman.mailman.directory.ListSettings.DmarcMitigation;
import org.jamesmailman.mailman.directory.MailingList;
import org.jamesmailman.mailman.directory.ModerationAction;
import org.jamesmailman.mailman.directory.SnapshotFixture;
import org.jamesmailman.mailman.verdict.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostingPolicyTest {
    private static final String FROM_ANNE = "From: anne@example.net\r\n";
    private static final Bans ANNE_BANNED = new Bans(Set.of(ANNE), List.of());
    private static final SiteSettings SITE = SiteSettings.DEFAULTS;

    private final PostingPolicy policy = new PostingPolicy(SITE);
    private final SnapshotFixture snapshot = new SnapshotFixture();

    @Test
    void acceptsAPostThatNoRuleObjectsTo() {
        assertThat(verdict(ant().member(ANNE), FROM_ANNE)).isEqualTo(new Verdict.Accept("accept"));
    }

    @Test
    void acceptsWhatMailmanHoldsForItsModerators() {
        assertThat(verdict(ant(), FROM_ANNE)).isEqualTo(new Verdict.Accept("nonmember-moderation"));
        assertThat(verdict(ant().member(ANNE, ModerationAction.HOLD), FROM_ANNE))
                .isEqualTo(new Verdict.Accept("member-moderation"));
    }

    @Test
    void rejectsByTheRuleThatMailmanRejectsBy() {
        assertThat(verdict(closed(), FROM_ANNE))
                .isEqualTo(new Verdict.Reject("nonmember-moderation", "no sender is a member"));
        assertThat(verdict(ant().member(ANNE, ModerationAction.REJECT), FROM_ANNE))
                .isEqualTo(new Verdict.Reject("member-moderation", ANNE + " is a moderated member"));
    }

    @Test
    void discardsAPostWithoutAValidSender() {
        assertThat(verdict(ant(), "Subject: x\r\n", ""))
                .isEqualTo(new Verdict.Discard("no-senders", "no valid sender"));
        assertThat(verdict(ant(), "From: anne\r\nReply-To: a@b\r\n", "")).isInstanceOf(Verdict.Discard.class);
    }

    @Test
    void takesTheReversePathForASender() {
        assertThat(verdict(closed().member(BART), "Subject: x\r\n", BART)).isInstanceOf(Verdict.Accept.class);
        assertThat(verdict(ant().bans(ANNE_BANNED), "From: bart@example.net\r\n", ANNE))
                .isEqualTo(new Verdict.Discard("banned-address", ANNE + " is banned"));
    }

    @Test
    void letsAnyHeaderSenderRescueThePost() {
        assertThat(verdict(closed().member(BART), FROM_ANNE + "Reply-To: bart@example.net\r\n"))
                .isEqualTo(new Verdict.Accept("accept"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ant@example.com", "  ANT@Example.Com  ", "ant@example.com\r\nList-Post: x"})
    void discardsAPostThatHasBeenThroughTheList(String listPost) {
        assertThat(verdict(ant().member(ANNE), FROM_ANNE + "List-Post: " + listPost + "\r\n"))
                .isEqualTo(new Verdict.Discard("loop", "List-Post is the list's own posting address"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<mailto:ant@example.com>", "mailto:ant@example.com", "bee@example.com", "a ant@example.com", ""
            })
    void takesNoOtherListPostForALoop(String listPost) {
        assertThat(verdict(ant().member(ANNE), FROM_ANNE + "List-Post: " + listPost + "\r\n"))
                .isEqualTo(new Verdict.Accept("accept"));
    }

    @Test
    void asksTheRulesInMailmansOrder() {
        assertThat(decide(ant().member(ANNE), FROM_ANNE, ANNE).steps())
                .extracting(Decision.Step::rule)
                .containsExactly(
                        "plugins",
                        "posting-chain",
                        "autorespond-postings",
                        "message",
                        "senders",
                        "dmarc-mitigation",
                        "no-senders",
                        "approved",
                        "emergency",
                        "loop",
                        "banned-address",
                        "member-moderation",
                        "header-match",
                        "nonmember-moderation");
    }

    @Test
    void asksNoRuleAfterTheOneThatDecides() {
        Decision decision = decide(ant().bans(ANNE_BANNED), FROM_ANNE, ANNE);
        assertThat(decision.steps())
                .last()
                .isEqualTo(new Decision.Step(
                        "banned-address", new RuleAnswer.Discard(ANNE + " is banned"), Optional.empty()));
    }

    @Test
    void explainsWhatEachRuleLookedAt() throws Exception {
        Decision decision = policy.explain(snapshot, listed(ant().bans(ANNE_BANNED)), message(FROM_ANNE, BART));
        assertThat(decision.verdict())
                .isEqualTo(decide(ant().bans(ANNE_BANNED), FROM_ANNE, BART).verdict());
        assertThat(decision.steps()).allSatisfy(step -> assertThat(step.read())
                .hasValueSatisfying(read -> assertThat(read).isNotBlank()));
        assertThat(decision.steps())
                .last()
                .extracting(step -> step.read().orElseThrow())
                .isEqualTo("senders anne@example.net, bart@example.net; list bans 1, site bans 0");
    }

    @Test
    void explainsWhyNoRuleOfMailmansWasAsked() throws Exception {
        Decision decision = policy.explain(snapshot, listed(ant().postingChain("my-chain")), message(FROM_ANNE, ANNE));
        assertThat(decision.steps()).extracting(Decision.Step::rule).containsExactly("plugins", "posting-chain");
        assertThat(decision.steps())
                .last()
                .extracting(step -> step.read().orElseThrow())
                .isEqualTo("posting_chain my-chain");
    }

    @Test
    void readsNothingForAnAdministratorWhenNobodyAsks() {
        assertThat(decide(ant(), FROM_ANNE, ANNE).steps())
                .allSatisfy(step -> assertThat(step.read()).isEmpty());
    }

    @Test
    void findsALoopBeforeABanAndABanBeforeAMember() {
        ListFixture list = ant().bans(ANNE_BANNED).member(ANNE, ModerationAction.ACCEPT);
        assertThat(verdict(list, FROM_ANNE)).isEqualTo(new Verdict.Discard("banned-address", ANNE + " is banned"));
        assertThat(verdict(list, FROM_ANNE + "List-Post: ant@example.com\r\n"))
                .extracting(verdict -> ((Verdict.Discard) verdict).rule())
                .isEqualTo(PostingPolicy.LOOP);
    }

    @Test
    void leavesAListToMailmanThatMayRejectByDmarc() {
        assertLeft("dmarc-mitigation", ant().dmarcMitigation(DmarcMitigation.MAY_REJECT_OR_DISCARD));
    }

    @Test
    void leavesAPostToMailmanThatMayHoldAModeratorPassword() {
        assertThat(verdict(closed().moderatorPassword(), FROM_ANNE + "Approved: secret\r\n"))
                .isInstanceOfSatisfying(Verdict.CannotTell.class, left -> assertThat(left.rule())
                        .isEqualTo("approved"));
        assertThat(verdict(closed().moderatorPassword(), FROM_ANNE)).isInstanceOf(Verdict.Reject.class);
        assertThat(verdict(closed(), FROM_ANNE + "Approved: secret\r\n")).isInstanceOf(Verdict.Reject.class);
    }

    @Test
    void leavesAListToMailmanThatIsInEmergencyModerationBeforeItLooksAtTheBans() {
        assertLeft("emergency", ant().emergency().bans(ANNE_BANNED));
    }

    @Test
    void discardsWithoutASenderBeforeItLooksAtPasswordAndEmergency() {
        assertThat(verdict(ant().emergency().moderatorPassword(), "Subject: x\r\n", ""))
                .isInstanceOf(Verdict.Discard.class);
    }

    @Test
    void asksNoHeaderMatchWhenAMemberHasAnAction() {
        ListFixture list = closed().headerMatches(new HeaderMatch("from", "anne", Optional.of("discard")));
        assertThat(verdict(list, FROM_ANNE))
                .isEqualTo(new Verdict.Discard("header-match", "header-match-ant.example.com-0, the header from"));
        assertThat(verdict(list.member(ANNE, ModerationAction.ACCEPT), FROM_ANNE))
                .isEqualTo(new Verdict.Accept("member-moderation"));
    }

    @Test
    void runsTheSitesHeaderChecks() throws Exception {
        SiteSettings site = new SiteSettings(
                SITE.siteOwner(), SITE.senderHeaders(), "+", List.of("From: anne"), "reject", SITE.pluginsEnabled());
        assertThat(new PostingPolicy(site)
                        .decide(snapshot, listed(ant()), message(FROM_ANNE, ANNE))
                        .verdict())
                .isEqualTo(new Verdict.Reject("header-match", "header-match-config-0, the header From"));
    }

    @Test
    void leavesEverythingToMailmanWhenTheSiteHasPlugins() throws Exception {
        SiteSettings site = new SiteSettings(
                SITE.siteOwner(), SITE.senderHeaders(), SITE.verpDelimiter(), List.of(), SITE.jumpChain(), true);
        assertThat(new PostingPolicy(site)
                        .decide(snapshot, listed(closed()), message(FROM_ANNE, ANNE))
                        .verdict())
                .extracting(verdict -> ((Verdict.CannotTell) verdict).rule())
                .isEqualTo("plugins");
    }

    @Test
    void leavesAListToMailmanThatHasAChainOfItsOwn() {
        assertLeft("posting-chain", closed().postingChain("my-chain"));
        assertLeft("posting-chain", closed().postingChain("default-owner-chain"));
    }

    @Test
    void leavesAListToMailmanThatAnswersPosts() {
        assertLeft("autorespond-postings", closed().autorespondPostings());
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Ack: \u00fc", "precedence: b\u00fclk"})
    void leavesAMessageToMailmanWithEightBitWhereMailmanReadsText(String header) {
        assertThat(verdict(closed(), FROM_ANNE + header + "\r\n"))
                .extracting(verdict -> ((Verdict.CannotTell) verdict).rule())
                .isEqualTo("message");
        assertThat(verdict(closed(), FROM_ANNE + "Subject: \u00fc\r\n"))
                .as("elsewhere it does no harm")
                .isInstanceOf(Verdict.Reject.class);
    }

    @Test
    void leavesAMessageToMailmanWithEightBitInListPostWhereItComesToThat() {
        assertThat(verdict(closed(), FROM_ANNE + "LIST-POST: \u00fc\r\n"))
                .extracting(verdict -> ((Verdict.CannotTell) verdict).rule())
                .isEqualTo("loop");
        assertThat(verdict(closed(), "List-Post: \u00fc\r\n", ""))
                .as("has no sender")
                .isInstanceOf(Verdict.Discard.class);
    }

    @Test
    void leavesAMessageToMailmanThatMailmanBreaksOn() {
        assertThat(verdict(closed(), FROM_ANNE + "Message-ID: <\u00fc@example.net>\r\n"))
                .extracting(verdict -> ((Verdict.CannotTell) verdict).rule())
                .isEqualTo("message");
    }

    @Test
    void leavesAMessageToMailmanWhoseSendersPythonsDisputeOver() {
        assertThat(verdict(closed(), "From: anne@example.net (Doe, Anne)\r\n"))
                .extracting(verdict -> ((Verdict.CannotTell) verdict).rule())
                .isEqualTo("senders");
    }

    @Test
    void leavesAMessageToMailmanThatHasMoreSendersThanAnyOrdinaryOne() {
        assertThat(verdict(closed(), "From: " + "a@example.net, ".repeat(98) + "b@example.net\r\n"))
                .isInstanceOf(Verdict.Reject.class);
        assertThat(verdict(closed(), "From: " + "a@example.net, ".repeat(100) + "b@example.net\r\n"))
                .extracting(verdict -> ((Verdict.CannotTell) verdict).rule())
                .isEqualTo("senders");
    }

    @Test
    void readsTheSendersFromTheHeadersThatTheSiteNames() throws Exception {
        SiteSettings site = new SiteSettings(
                SITE.siteOwner(), List.of("sender"), SITE.verpDelimiter(), List.of(), SITE.jumpChain(), false);
        assertThat(new PostingPolicy(site)
                        .decide(
                                snapshot,
                                listed(closed().member(BART)),
                                message(FROM_ANNE + "Sender: bart@example.net\r\n", ANNE))
                        .verdict())
                .isEqualTo(new Verdict.Accept("accept"));
    }

    private void assertLeft(String rule, ListFixture list) {
        assertThat(verdict(list, FROM_ANNE)).isInstanceOfSatisfying(Verdict.CannotTell.class, left -> {
            assertThat(left.rule()).isEqualTo(rule);
            assertThat(left.cause()).isNotBlank();
        });
    }

    /** A list that rejects what does not come from a member. */
    private static ListFixture closed() {
        return ant().defaultNonmemberAction(ModerationAction.REJECT);
    }

    private Verdict verdict(ListFixture list, String header) {
        return verdict(list, header, ANNE);
    }

    private Verdict verdict(ListFixture list, String header, String reversePath) {
        return decide(list, header, reversePath).verdict();
    }

    private Decision decide(ListFixture list, String header, String reversePath) {
        try {
            return policy.decide(snapshot, listed(list), message(header, reversePath));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private MailingList listed(ListFixture list) {
        return snapshot.withList(list).list("ant@example.com").orElseThrow();
    }

    private static PostedMessage message(String header, String reversePath) {
        return MessageFixture.message(header + "\r\nHello.\r\n", reversePath);
    }
}

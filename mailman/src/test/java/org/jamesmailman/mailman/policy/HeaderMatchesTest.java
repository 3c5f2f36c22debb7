// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jamesmailman.mailman.policy.PostFixture.ant;
import static org.jamesmailman.mailman.policy.PostFixture.postOf;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jamesmailman.mailman.configuration.SiteSettings;
import org.jamesmailman.mailman.directory.HeaderMatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderMatchesTest {
    private static final RuleAnswer MISS = new RuleAnswer.Miss();
    private static final String SPAM = "X-Spam: yes\r\n\r\n";

    @ParameterizedTest
    @CsvSource({"hold, Accept", "accept, Accept", "reject, Reject", "discard, Discard"})
    void sendsAPostThatHitsToTheChainThatTheEntryNames(String chain, String answer) throws IOException {
        assertThat(check(SPAM, match("x-spam", "yes", chain)))
                .extracting(found -> found.getClass().getSimpleName())
                .isEqualTo(answer);
    }

    @Test
    void sendsItToTheSitesJumpChainWhereTheEntryNamesNone() throws IOException {
        HeaderMatch match = new HeaderMatch("x-spam", "yes", Optional.empty());
        assertThat(check(site("reject"), SPAM, match)).isInstanceOf(RuleAnswer.Reject.class);
        assertThat(check(site("hold"), SPAM, match)).isInstanceOf(RuleAnswer.Accept.class);
    }

    @Test
    void takesTheFirstEntryThatHits() throws IOException {
        assertThat(check(
                        SPAM,
                        match("x-spam", "no", "reject"),
                        match("x-other", "yes", "reject"),
                        match("x-spam", "^YES$", "discard"),
                        match("x-spam", "yes", "accept")))
                .isEqualTo(new RuleAnswer.Discard("header-match-ant.example.com-2, the header x-spam"));
    }

    @Test
    void runsTheSitesChecksBeforeTheListsAndTakesAnyOfThem() throws IOException {
        HeaderMatch accept = match("x-spam", "yes", "accept");
        assertThat(check(site("discard", "X-Flag: x", "", "no colon", "X-SPAM:   yes"), SPAM, accept))
                .isEqualTo(new RuleAnswer.Discard("header-match-config-3, the header X-SPAM"));
        assertThat(check(site("discard", "X-Spam : yes", "X-Spam: no"), SPAM, accept))
                .as("a name with a blank never matches")
                .isInstanceOf(RuleAnswer.Accept.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"defer", "Hold", "", "no-such-chain"})
    void leavesAPostThatReachesAnEntryWithAChainThatMailmanDoesNotHave(String chain) throws IOException {
        assertThat(check(SPAM, match("x-other", "x", chain))).isInstanceOf(RuleAnswer.CannotTell.class);
        assertThat(check(SPAM, match("x-spam", "yes", "discard"), match("x-other", "x", chain)))
                .as("not reached")
                .isInstanceOf(RuleAnswer.Discard.class);
        assertThat(check(site(chain), "\r\n"))
                .as("the site's is always reached")
                .isInstanceOf(RuleAnswer.CannotTell.class);
    }

    @Test
    void leavesAPostThatGoesToAChainWithRulesOfItsOwn() throws IOException {
        assertThat(check(SPAM, match("x-spam", "yes", "default-owner-chain")))
                .isInstanceOf(RuleAnswer.CannotTell.class);
        assertThat(check(SPAM, match("x-spam", "no", "default-owner-chain"))).isEqualTo(MISS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Spam: =?utf-8?q?y?= =?utf-8?q?es?=",
                "X-Spam: =?utf-8?b?eWVz?=",
                "X-Spam: no\r\nX-Spam: yes",
                "X-Spam: one\r\n yes",
                "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nX-Spam: yes\r\n\r\n--b--",
                "Content-Type: multipart/digest; boundary=b\r\n\r\n--b\r\n\r\nX-Spam: yes\r\n\r\n--b--",
                "Content-Type: message/rfc822\r\n\r\nContent-Type: message/rfc822\r\n\r\nX-Spam: yes",
                "Content-Type: message/delivery-status\r\n\r\nX: x\r\n\r\nX-Spam: yes"
            })
    void findsAHeaderInAnyPartAndDecoded(String message) throws IOException {
        assertThat(check(message + "\r\n\r\n", match("x-spam", "yes", "discard")))
                .isInstanceOf(RuleAnswer.Discard.class);
    }

    @Test
    void keepsTheFoldOfAValueUnlessItHoldsAnEncodedWord() throws IOException {
        assertThat(check("X-Spam: a\r\n b\r\n\r\n", match("x-spam", "^a\\r\\n b$", "discard")))
                .isInstanceOf(RuleAnswer.Discard.class);
        assertThat(check("X-Spam: =?utf-8?q?a?=\r\n b\r\n\r\n", match("x-spam", "^a b$", "discard")))
                .isInstanceOf(RuleAnswer.Discard.class);
    }

    @Test
    void seesRawEightBitAsReplacementCharacters() throws IOException {
        assertThat(check("X-Spam: \u00c3\u00a4\r\n  b\r\n\r\n", match("x-spam", "^\ufffd\ufffd b$", "discard")))
                .isInstanceOf(RuleAnswer.Discard.class);
    }

    @Test
    void seesTheHeadersAsTheyAreInTheQueue() throws IOException {
        assertThat(check("\r\n", match("x-mailfrom", "^anne@example\\.net$", "discard")))
                .isInstanceOf(RuleAnswer.Discard.class);
        assertThat(check("\r\n", match("message-id", "^<generated@", "discard")))
                .isInstanceOf(RuleAnswer.Discard.class);
        String forged = "Message-ID: <ant>\r\nMessage-ID-Hash: forged\r\n\r\n";
        assertThat(check(forged, match("message-id-hash", "forged", "discard"))).isEqualTo(MISS);
        // The SHA-1 of "ant", by sha1sum and base32.
        assertThat(check(forged, match("x-message-id-hash", "^MS6QLWERIJLGCRF44J7USBFDELMNT2BW$", "discard")))
                .isInstanceOf(RuleAnswer.Discard.class);
    }

    @Test
    void skipsAMalformedPatternAsMailmanDoes() throws IOException {
        assertThat(check(SPAM, match("x-spam", "(yes", "reject"), match("x-spam", "yes", "discard")))
                .isInstanceOf(RuleAnswer.Discard.class);
    }

    @Test
    void leavesAPatternThatOnlyPythonKnowsWhereThereIsSuchAHeader() throws IOException {
        assertThat(check(SPAM, match("x-spam", "(?=yes)", "reject"))).isInstanceOf(RuleAnswer.CannotTell.class);
        assertThat(check("\r\n", match("x-spam", "(?=yes)", "reject"))).isEqualTo(MISS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"=?utf-8?b?x?=", "=?no-such?q?yes?=", "=?utf-8?q?=FF?="})
    void leavesAValueThatMailmanMayStumbleOver(String value) throws IOException {
        assertThat(check("X-Spam: " + value + "\r\n\r\n", match("x-spam", "yes", "reject")))
                .isInstanceOf(RuleAnswer.CannotTell.class);
        assertThat(check("X-Spam: yes\r\nX-Spam: " + value + "\r\n\r\n", match("x-spam", "yes", "reject")))
                .as("not reached")
                .isInstanceOf(RuleAnswer.Reject.class);
    }

    @Test
    void leavesWhatIsMoreWorkThanAnyOrdinaryMessageNeeds() throws IOException {
        HeaderMatch large = match("x-spam", "(?:a?){400}b", "reject");
        assertThat(check("X-Spam: " + "a".repeat(1_000) + "\r\n\r\n", large)).isEqualTo(MISS);
        assertThat(check(("X-Spam: " + "a".repeat(10_000) + "\r\n").repeat(10) + "\r\n", large))
                .isInstanceOf(RuleAnswer.CannotTell.class);
        assertThat(check("X-Spam: " + "a".repeat(20_000) + "\r\n\r\n", match("x-spam", "b", "reject")))
                .as("a long value")
                .isInstanceOf(RuleAnswer.CannotTell.class);
        String encoded = "=?utf-8?q?a?= ".repeat(1_000);
        assertThat(check(("X-Spam: " + encoded + "\r\n").repeat(9) + "\r\n", match("x-spam", "b", "reject")))
                .isEqualTo(MISS);
        assertThat(check(("X-Spam: " + encoded + "\r\n").repeat(10) + "\r\n", match("x-spam", "b", "reject")))
                .as("many encoded words")
                .isInstanceOf(RuleAnswer.CannotTell.class);
        String parts = "--b\r\nX-Other: x\r\n\r\n".repeat(10_001);
        assertThat(check(
                        "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + parts + "--b--\r\n",
                        match("x-spam", "b", "reject")))
                .as("many parts")
                .isInstanceOf(RuleAnswer.CannotTell.class);
    }

    private static HeaderMatch match(String header, String pattern, String chain) {
        return new HeaderMatch(header, pattern, Optional.of(chain));
    }

    private static SiteSettings site(String jumpChain, String... headerChecks) {
        SiteSettings site = SiteSettings.DEFAULTS;
        return new SiteSettings(
                site.siteOwner(), site.senderHeaders(), "+", List.of(headerChecks), jumpChain, site.pluginsEnabled());
    }

    private static RuleAnswer check(String message, HeaderMatch... matches) throws IOException {
        return check(SiteSettings.DEFAULTS, message, matches);
    }

    private static RuleAnswer check(SiteSettings site, String message, HeaderMatch... matches) throws IOException {
        return new HeaderMatches(site, new PythonPatterns()).check(postOf(message, ant().headerMatches(matches)));
    }
}

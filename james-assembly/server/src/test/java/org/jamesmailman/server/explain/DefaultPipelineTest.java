// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server.explain;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jamesmailman.mailman.verdict.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefaultPipelineTest {
    private static final String POST = "From: carl@example.org\nSubject: Hello\n\nHi!\n";

    @TempDir
    private Path folder;

    @Test
    void queuesAPostThatMailmanAccepts() {
        Answer answer = answer("anne@example.com", "bee@example.com", "From: anne@example.com\n\nHi!\n");

        assertThat(answer.verdict()).isEqualTo(VerdictWord.ACCEPT);
        assertThat(answer.reply()).map(Reply::toString).hasValue("250 2.0.0 <bee@example.com> queued as ENTRY");
        assertThat(answer.queue()).hasValue("in");
    }

    @Test
    void refusesAPostThatMailmanRejects() {
        Answer answer = answer("carl@example.org", "Bee@Example.com", POST);

        assertThat(answer.verdict()).isEqualTo(VerdictWord.REJECT);
        assertThat(answer.rule()).isEqualTo("nonmember-moderation");
        assertThat(answer.reply())
                .map(Reply::toString)
                .hasValue("550 5.7.2 <Bee@Example.com> you are not allowed to post to this mailing list");
        assertThat(answer.queue()).isEmpty();
    }

    @Test
    void leavesToMailmanWhatOnlyMailmanCanTell() {
        Answer answer = answer("carl@example.org", "dog@example.com", POST);

        assertThat(answer.verdict()).isEqualTo(VerdictWord.LEAVE);
        assertThat(answer.rule()).isEqualTo("posting-chain");
        assertThat(answer.reply()).map(Reply::toString).hasValue("250 2.0.0 <dog@example.com> queued as ENTRY");
        assertThat(answer.queue()).hasValue("in");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "drop    | 250 2.0.0 <cat@example.com> message received                            |",
                "refuse  | 550 5.7.1 <cat@example.com> this mailing list does not take mail from you |",
                "enqueue | 250 2.0.0 <cat@example.com> queued as ENTRY                             | in"
            })
    void treatsADiscardAsTheSiteHasIt(String onDiscard, String reply, String queue) {
        Answer answer = answer(
                SiteFolder.in(folder, "policy.on-discard=" + onDiscard), "carl@example.org", "cat@example.com", POST);

        assertThat(answer.verdict()).isEqualTo(VerdictWord.DISCARD);
        assertThat(answer.rule()).isEqualTo("nonmember-moderation");
        assertThat(answer.reply()).map(Reply::toString).hasValue(reply);
        assertThat(answer.queue().orElse(null)).isEqualTo(queue);
    }

    @Test
    void refusesNothingForItsSenderWhereTheSiteObserves() {
        Explanation explanation =
                explain(SiteFolder.in(folder, "policy.mode=observe"), "carl@example.org", "bee@example.com", POST);

        assertThat(explanation.answer().verdict()).isEqualTo(VerdictWord.REJECT);
        assertThat(explanation.answer().reply())
                .map(Reply::toString)
                .hasValue("250 2.0.0 <bee@example.com> queued as ENTRY");
        assertThat(explanation.answer().queue()).hasValue("in");
        assertThat(explanation.ifEnforced()).map(Reply::code).hasValue(550);
    }

    @Test
    void tellsOfNoOtherReplyWhereTheSiteEnforces() {
        assertThat(explain(SiteFolder.in(folder), "carl@example.org", "bee@example.com", POST)
                        .ifEnforced())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "bee-owner@example.com,             in",
        "bee-request@example.net,           command",
        "bee-subscribe@example.com,         command",
        "bee-confirm+1234@example.com,      command",
        "bee-bounces+a..b=x.y@example.com,  bounces"
    })
    void judgesNoMailToASubaddress(String recipient, String queue) {
        Explanation explanation = explain(SiteFolder.in(folder), "", recipient, POST);

        assertThat(explanation.answer().verdict()).isEqualTo(VerdictWord.ACCEPT);
        assertThat(explanation.answer().rule()).isEqualTo("subaddress");
        assertThat(explanation.answer().queue()).hasValue(queue);
        assertThat(explanation.decision()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nobody@example.com   | no-such-list        | 550 5.1.1",
                "ant-nothing@example.com | no-such-list     | 550 5.1.1",
                "ant@elsewhere.example | domain-not-served  | 550 5.1.2",
                "ant                  | malformed-recipient | 501 5.1.3",
                "a..b@example.com     | malformed-recipient | 501 5.1.3",
                "a b@example.com      | malformed-recipient | 501 5.5.4",
                "b\u00e9e@example.com | malformed-recipient | 553 5.6.7",
                "''                   | malformed-recipient | 501 5.1.3",
                "a> NOTIFY=NEVER      | malformed-recipient | 501 5.5.4",
            })
    void refusesWhatIsNoListsAddress(String recipient, String rule, String reply) {
        Answer answer = answer("anne@example.com", recipient, POST);

        assertThat(answer.verdict()).isEqualTo(VerdictWord.REJECT);
        assertThat(answer.rule()).isEqualTo(rule);
        assertThat(answer.reply()).map(Reply::toString).hasValueSatisfying(text -> assertThat(text)
                .startsWith(reply));
        assertThat(answer.queue()).isEmpty();
    }

    @Test
    void knowsNoAnswerOfJamesOwnHandlers() {
        Answer answer = answer(
                SiteFolder.in(folder, "lmtp.other-recipients=james"), "anne@example.com", "x@elsewhere.example", POST);

        assertThat(answer.verdict()).isEqualTo(VerdictWord.LEAVE);
        assertThat(answer.rule()).isEqualTo("other-recipients");
        assertThat(answer.reply()).isEmpty();
        assertThat(answer.queue()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"an ne@example.com", "anne@example.com\r\nDATA", "a> SIZE=1"})
    void refusesASenderThatMailWouldNotTake(String mailFrom) {
        Answer answer = answer(mailFrom, "ant@example.com", POST);

        assertThat(answer.verdict()).isEqualTo(VerdictWord.REJECT);
        assertThat(answer.rule()).isEqualTo("malformed-sender");
        assertThat(answer.reply()).map(Reply::toString).hasValue("501 5.5.4 say MAIL FROM:<address>");
    }

    @Test
    void refusesASenderThatWantsSmtpUtf8() {
        Answer answer = answer("h\u00e9@example.com", "ant@example.com", POST);

        assertThat(answer.rule()).isEqualTo("malformed-sender");
        assertThat(answer.reply()).map(Reply::toString).hasValueSatisfying(reply -> assertThat(reply)
                .startsWith("553 5.6.7 "));
    }

    @Test
    void takesAListWhoseNameJamesCouldNotHold() {
        Answer answer = answer("anne@example.com", "elk..@example.com", POST);

        assertThat(answer.verdict()).isEqualTo(VerdictWord.ACCEPT);
        assertThat(answer.queue()).hasValue("in");
    }

    @Test
    void refusesADefect() {
        Answer answer = answer("anne@example.com", "ant-request@example.com", "Content-Type: multipart/mixed\n\nx\n");

        assertThat(answer.verdict()).isEqualTo(VerdictWord.REJECT);
        assertThat(answer.rule()).isEqualTo("malformed-message");
        assertThat(answer.reply())
                .map(Reply::toString)
                .hasValue("554 5.6.0 <ant-request@example.com> malformed message: "
                        + "The Content-Type is multipart but has no boundary parameter.");
    }

    @Test
    void takesWhatMailmansLmtpRunnerTakesWhereTheSiteObserves() {
        String shunted = "From: =?x-none?q?Anne?= <anne@example.com>\n\nHi!\n";
        assertThat(answer("anne@example.com", "ant@example.com", shunted).reply())
                .map(Reply::code)
                .hasValue(554);

        Explanation explanation =
                explain(SiteFolder.in(folder, "policy.mode=observe"), "anne@example.com", "ant@example.com", shunted);

        assertThat(explanation.answer().verdict()).isEqualTo(VerdictWord.REJECT);
        assertThat(explanation.answer().rule()).isEqualTo("malformed-message");
        assertThat(explanation.answer().reply())
                .map(Reply::toString)
                .hasValue("250 2.0.0 <ant@example.com> queued as ENTRY");
        assertThat(explanation.answer().queue()).hasValue("in");
        assertThat(explanation.ifEnforced()).map(Reply::code).hasValue(554);
    }

    @Test
    void refusesNobodyForListsThatAreTooOld() throws IOException {
        DefaultPipeline pipeline = SiteFolder.in(folder).outdatedPipeline();

        Answer post = pipeline.explain("carl@example.org", "bee@example.com", WireForm.of(POST.getBytes(US_ASCII)))
                .answer();
        assertThat(post.verdict()).isEqualTo(VerdictWord.LEAVE);
        assertThat(post.rule()).isEqualTo("nonmember-moderation");
        assertThat(post.queue()).hasValue("in");

        Answer unknown = pipeline.explain("", "nobody@example.com", WireForm.of(POST.getBytes(US_ASCII)))
                .answer();
        assertThat(unknown.verdict()).isEqualTo(VerdictWord.LEAVE);
        assertThat(unknown.rule()).isEqualTo("outdated-directory");
        assertThat(unknown.reply()).map(Reply::code).hasValue(451);
        assertThat(unknown.queue()).isEmpty();
    }

    @Test
    void countsOctetsAsOnTheWire() {
        // 10 octets here, 12 with two CRLFs.
        String message = "A: b\n\nabc\n";
        SiteFolder atTheLimit = SiteFolder.in(folder, "message.max-size=13");
        assertThat(answer(atTheLimit, "", "ant@example.com", message).rule()).isNotEqualTo("message-too-big");

        Answer answer = answer(SiteFolder.in(folder, "message.max-size=12"), "", "ant@example.com", message);

        assertThat(answer.verdict()).isEqualTo(VerdictWord.REJECT);
        assertThat(answer.rule()).isEqualTo("message-too-big");
        assertThat(answer.reply())
                .map(Reply::toString)
                .hasValue("552 5.3.4 <ant@example.com> message is larger than this server takes, 12 octets");
    }

    @Test
    void asksTheRulesInMailmansOrder() {
        Explanation explanation =
                explain(SiteFolder.in(folder), "spammer@example.org", "ant@example.com", "From: carl@example.org\n\n");

        assertThat(explanation.answer().verdict()).isEqualTo(VerdictWord.DISCARD);
        assertThat(SiteFolder.rules(explanation))
                .containsSubsequence("no-senders", "approved", "emergency", "loop", "banned-address")
                .endsWith("banned-address");
    }

    private Answer answer(String mailFrom, String recipient, String message) {
        return answer(SiteFolder.in(folder), mailFrom, recipient, message);
    }

    private static Answer answer(SiteFolder site, String mailFrom, String recipient, String message) {
        return explain(site, mailFrom, recipient, message).answer();
    }

    private static Explanation explain(SiteFolder site, String mailFrom, String recipient, String message) {
        try {
            return site.pipeline().explain(mailFrom, recipient, WireForm.of(message.getBytes(US_ASCII)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

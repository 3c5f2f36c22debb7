// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.jamesmailman.mailman.configuration.OnDiscard;
import org.jamesmailman.mailman.configuration.PolicyMode;
import org.jamesmailman.mailman.policy.PostingPolicy;
import org.jamesmailman.mailman.verdict.Replies;
import org.jamesmailman.mailman.verdict.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EnforcementTest {
    private static final String ANT = "ant@example.com";
    private static final String PRIVATE = "anne@example.net is banned by the pattern ^anne";
    private static final Verdict REJECT = new Verdict.Reject("nonmember-moderation", PRIVATE);
    private static final Verdict DISCARD = new Verdict.Discard("banned-address", PRIVATE);
    private static final Verdict LOOP = new Verdict.Discard(PostingPolicy.LOOP, PRIVATE);

    @ParameterizedTest
    @EnumSource(OnDiscard.class)
    void queuesWhatMailmanAcceptsAndWhatIsLeftToIt(OnDiscard onDiscard) {
        Enforcement enforcing = new Enforcement(PolicyMode.ENFORCE, onDiscard);
        assertThat(enforcing.outcome(new Verdict.Accept("accept"), ANT)).isEmpty();
        assertThat(enforcing.outcome(new Verdict.CannotTell("approved", "a password"), ANT))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(OnDiscard.class)
    void refusesWhatMailmanRejects(OnDiscard onDiscard) {
        assertThat(new Enforcement(PolicyMode.ENFORCE, onDiscard).outcome(REJECT, ANT))
                .contains(new Outcome.Refused(Replies.mayNotPost(ANT), PRIVATE));
    }

    @ParameterizedTest
    @EnumSource(OnDiscard.class)
    void doesWithADiscardWhatTheSiteSays(OnDiscard onDiscard) {
        Optional<Outcome> expected =
                switch (onDiscard) {
                    case DROP -> Optional.of(new Outcome.Dropped(Replies.dropped(ANT), PRIVATE));
                    case REFUSE -> Optional.of(new Outcome.Refused(Replies.refusedDiscard(ANT), PRIVATE));
                    case ENQUEUE -> Optional.empty();
                };
        assertThat(new Enforcement(PolicyMode.ENFORCE, onDiscard).outcome(DISCARD, ANT))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(OnDiscard.class)
    void callsALoopALoopWhereItIsRefused(OnDiscard onDiscard) {
        Optional<Outcome> expected =
                switch (onDiscard) {
                    case DROP -> Optional.of(new Outcome.Dropped(Replies.dropped(ANT), PRIVATE));
                    case REFUSE -> Optional.of(new Outcome.Refused(Replies.mailLoop(ANT), PRIVATE));
                    case ENQUEUE -> Optional.empty();
                };
        assertThat(new Enforcement(PolicyMode.ENFORCE, onDiscard).outcome(LOOP, ANT))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(OnDiscard.class)
    void refusesAndDropsNothingWhileItObserves(OnDiscard onDiscard) {
        Enforcement observing = new Enforcement(PolicyMode.OBSERVE, onDiscard);
        assertThat(observing.outcome(REJECT, ANT)).isEmpty();
        assertThat(observing.outcome(DISCARD, ANT)).isEmpty();
        assertThat(observing.outcome(LOOP, ANT)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(OnDiscard.class)
    void tellsTheSenderNothingOfThePrivateReason(OnDiscard onDiscard) {
        Enforcement enforcing = new Enforcement(PolicyMode.ENFORCE, onDiscard);
        for (Verdict verdict : new Verdict[] {REJECT, DISCARD, LOOP}) {
            enforcing.outcome(verdict, ANT).ifPresent(outcome -> assertThat(reply(outcome))
                    .contains(ANT)
                    .doesNotContain("anne"));
        }
        assertThat(enforcing.outcome(REJECT, ANT)).isPresent();
    }

    private static String reply(Outcome outcome) {
        return outcome instanceof Outcome.Refused refused
                ? refused.reply().toString()
                : ((Outcome.Dropped) outcome).reply().toString();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jamesmailman.mailman.configuration.SiteSettings;
import org.jamesmailman.mailman.directory.DatabaseSource;
import org.jamesmailman.mailman.directory.MailingList;
import org.jamesmailman.mailman.directory.Snapshot;
import org.jamesmailman.mailman.policy.MailmanChain.Judgement;
import org.jamesmailman.mailman.verdict.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What we say of a post is what Mailman's own incoming runner and chains make of it, on random sites that both read
 * from one database. A failure prints the seed; {@code -Dmailman.postings.seed=N} runs it again,
 * {@code -Dmailman.postings.count=N} more of them.
 */
class PostingAgreementTest {
    private static final int COUNT = Integer.getInteger("mailman.postings.count", 3000);
    private static final long SEED = Long.getLong("mailman.postings.seed", System.nanoTime());
    private static final int POSTS_PER_SITE = 40;

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);
    private final PostingPolicy policy = new PostingPolicy(SiteSettings.DEFAULTS);
    private final Map<String, Integer> left = new TreeMap<>();
    private final Map<String, Integer> decided = new TreeMap<>();
    private MailmanChain mailman;

    @BeforeEach
    void startMailman() throws Exception {
        mailman = MailmanChain.start(directory);
    }

    @AfterEach
    void stopMailman() {
        mailman.close();
    }

    @Test
    void neverContradictsMailman() throws Exception {
        SiteGenerator generator = new SiteGenerator(random);
        for (int post = 0; post < COUNT; ) {
            Map<String, Object> site = generator.site();
            mailman.become(site);
            try (DatabaseSource source = DatabaseSource.of(mailman.jdbcUrl())) {
                Snapshot snapshot = source.load();
                for (int i = 0; i < POSTS_PER_SITE && post < COUNT; i++, post++) {
                    compare(generator, snapshot, "post " + post + " of seed " + SEED + " at " + site);
                }
            }
        }
        System.out.printf("seed %d: %d posts; decided %s; left to Mailman %s%n", SEED, COUNT, decided, left);
        assertThat(decided.keySet())
                .as("seed %d", SEED)
                .contains(
                        "accept: accept",
                        "accept: hold",
                        "discard: banned-address",
                        "discard: loop",
                        "reject: member-moderation",
                        "discard: member-moderation",
                        "reject: nonmember-moderation",
                        "discard: nonmember-moderation");
    }

    private void compare(SiteGenerator generator, Snapshot snapshot, String which) throws Exception {
        MailingList list = snapshot.list(SiteGenerator.LISTS.get(random.nextInt(SiteGenerator.LISTS.size())))
                .orElseThrow();
        String message = generator.message(list.postingAddress());
        String reversePath = generator.reversePath();
        byte[] octets = message.getBytes(StandardCharsets.ISO_8859_1);
        Verdict ours = policy.decide(snapshot, list, MessageFixture.message(octets, reversePath))
                .verdict();
        Judgement mailmans = mailman.judge(octets, reversePath, list.listId());
        String shown = which + "\nto " + list.postingAddress() + " from <" + reversePath + ">:\n" + message + "\nours: "
                + ours;
        if (ours instanceof Verdict.Reject reject) {
            assertThat(mailmans).as(shown).isEqualTo(new Judgement("reject", reject.rule()));
        } else if (ours instanceof Verdict.Discard discard) {
            assertThat(mailmans).as(shown).isEqualTo(new Judgement("discard", discard.rule()));
        } else if (ours instanceof Verdict.Accept) {
            assertThat(mailmans.outcome()).as(shown).isIn("accept", "hold");
            decided.merge("accept: " + mailmans.outcome(), 1, Integer::sum);
            return;
        }
        if (ours instanceof Verdict.CannotTell cannotTell) {
            left.merge(cannotTell.rule() + ": " + mailmans.outcome(), 1, Integer::sum);
        } else {
            decided.merge(mailmans.outcome() + ": " + mailmans.rule(), 1, Integer::sum);
        }
    }
}

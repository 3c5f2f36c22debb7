// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jamesmailman.testing.MailmanRest.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PrivateMailmanTest {
    private static final byte[] MESSAGE =
            "From: anne@example.org\r\nMessage-ID: <1@example.org>\r\nSubject: x\r\n\r\n.\r\n..\r\nHi\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private static PrivateMailman mailman;

    @BeforeAll
    static void start() {
        mailman = PrivateMailman.builder().runners(Runner.LMTP).start();
        mailman.rest().createDomain("lists.example.org", "alias.example.org");
    }

    @AfterAll
    static void stop() {
        mailman.close();
    }

    @Test
    void putsAMessageForAListIntoItsQueue() {
        mailman.rest().createList("ant@lists.example.org");

        try (LmtpClient client = LmtpClient.connect(mailman.lmtpPort())) {
            LmtpClient.Delivery delivery = client.deliver(
                    "anne@example.org", List.of("ant@lists.example.org", "no@lists.example.org"), MESSAGE);
            assertThat(delivery.atRcpt()).extracting(WireReply::code).containsExactly(250, 550);
            assertThat(delivery.afterData()).extracting(WireReply::code).containsExactly(250);
        }

        assertThat(mailman.site().queue("in").entries()).hasSize(1);
        mailman.site().drain(Runner.IN);
        assertThat(mailman.rest().heldMessages("ant.lists.example.org"))
                .extracting(held -> held.get("sender"))
                .containsExactly("anne@example.org");
    }

    @Test
    void doesWhatAnAdministratorAsks() {
        MailmanRest rest = mailman.rest();
        String list = rest.createList("bee@lists.example.org");
        String member = rest.subscribe(list, "bart@example.org", Role.MEMBER);
        rest.subscribe(list, "nora@example.org", Role.NONMEMBER);
        rest.subscribe(list, "olga@example.org", Role.OWNER);
        rest.moderate(member, "reject");
        rest.linkAddress("bart@example.org", "bart@home.example.org");
        rest.preferAddress("bart@home.example.org");
        rest.configure(list, Map.of("default_member_action", "hold", "emergency", "true"));
        rest.configure(list, "accept_these_nonmembers", List.of("a@example.org", "^b.*@example\\.org$"));
        rest.ban(list, "^bad.*@example\\.org$");
        rest.banFromSite("worse@example.org");
        rest.matchHeader(list, "X-Spam", "^yes", "discard");

        assertThat(rest.configuration(list))
                .containsEntry("default_member_action", "hold")
                .containsEntry("emergency", true)
                .containsEntry("accept_these_nonmembers", List.of("a@example.org", "^b.*@example\\.org$"));
        assertThat(rest.get("members/" + member)).containsEntry("moderation_action", "reject");
        assertThat(rest.get("lists/" + list + "/bans").toString()).contains("^bad.*@example\\.org$");
        assertThat(rest.get("lists/" + list + "/header-matches").toString()).contains("x-spam");

        rest.unban(list, "^bad.*@example\\.org$");
        rest.unbanFromSite("worse@example.org");
        rest.unsubscribe(member);
        assertThat(rest.get("bans")).containsEntry("total_size", BigDecimal.ZERO);
        rest.deleteList(list);
        assertThat(rest.get("lists").toString()).doesNotContain("bee@");
    }

    @Test
    void comesBackWithWhatItKnew() {
        String list = mailman.rest().createList("cat@lists.example.org");
        mailman.stop();
        assertThat(mailman.rest().answers()).isFalse();
        mailman.start();
        assertThat(mailman.rest().get("lists/" + list)).containsEntry("list_name", "cat");
    }
}

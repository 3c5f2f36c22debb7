// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailets;

import com.google.inject.Inject;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.apache.mailet.ProcessingState;
import org.apache.mailet.base.GenericMailet;
import org.jamesmailman.mailman.delivery.Delivery;
import org.jamesmailman.mailman.delivery.Enforcement;
import org.jamesmailman.mailman.delivery.Outcome;
import org.jamesmailman.mailman.delivery.PostingVerdicts;
import org.jamesmailman.mailman.verdict.Printable;
import org.jamesmailman.mailman.verdict.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses, or drops, a post that Mailman is certain to reject, or to discard.
 *
 * <p>It decides by Mailman's own rules, rosters and bans, and leaves to Mailman what it cannot tell; mail to a
 * subaddress ({@code -request}, {@code -bounces} and so on) is never judged. {@code policy.mode} and
 * {@code policy.on-discard} of {@code mailman.properties} say what becomes of a verdict; see
 * {@code docs/mailets/CheckPostingPermission.md}. On our LMTP side the client gets {@code 550 5.7.2} for the recipient.
 * In James's spool the mail goes to a processor, for those of its recipients that are refused. Every verdict is
 * counted, see {@link VerdictCounts}.
 *
 * <p>Sample configuration:
 *
 * <pre>{@code
 * <mailet match="All" class="org.jamesmailman.mailets.CheckPostingPermission">
 *     <processor>error</processor>
 * </mailet>
 * }</pre>
 *
 * <ul>
 *   <li>{@code processor}: where a refused mail of James's spool goes; default {@code error}. Not used on our LMTP
 *       side.
 * </ul>
 */
public final class CheckPostingPermission extends GenericMailet {
    private static final Logger LOGGER = LoggerFactory.getLogger(CheckPostingPermission.class);
    private static final String PROCESSOR = "processor";
    private static final int MAX_LOGGED_LENGTH = 500;

    private final ListMails listMails;
    private final PostingVerdicts verdicts;
    private final Enforcement enforcement;
    private final VerdictCounts counts;
    private String processor = Mail.ERROR;

    @Inject
    public CheckPostingPermission(
            ListMails listMails, PostingVerdicts verdicts, Enforcement enforcement, VerdictCounts counts) {
        this.listMails = listMails;
        this.verdicts = verdicts;
        this.enforcement = enforcement;
        this.counts = counts;
    }

    @Override
    public void init() throws MessagingException {
        checkInitParameters(Set.of(PROCESSOR));
        processor = getInitParameter(PROCESSOR, Mail.ERROR);
    }

    @Override
    public Collection<ProcessingState> requiredProcessingState() {
        return List.of(new ProcessingState(processor));
    }

    @Override
    public void service(Mail mail) throws MessagingException {
        List<MailAddress> refused = new ArrayList<>();
        List<MailAddress> dropped = new ArrayList<>();
        try (ListMail listMail = listMails.of(mail)) {
            for (ListMail.Item item : listMail.deliveries()) {
                Optional<Outcome> outcome = outcome(item.delivery());
                if (outcome.isPresent() && listMail.answersOnTheWire()) {
                    Refusal.conclude(mail, item, outcome.get());
                } else if (outcome.isPresent()) {
                    (outcome.get() instanceof Outcome.Refused ? refused : dropped).add(item.recipient());
                }
            }
        } catch (IOException e) {
            throw new MessagingException("The message of mail " + mail.getName() + " cannot be read", e);
        }
        if (!dropped.isEmpty()) {
            Refusal.remove(mail, dropped);
        }
        new Refusal(getMailetContext(), processor)
                .divert(mail, refused, "550 5.7.2 not allowed to post to this mailing list");
    }

    private Optional<Outcome> outcome(Delivery delivery) throws IOException {
        Optional<Verdict> verdict = verdicts.of(delivery);
        if (verdict.isEmpty()) {
            return Optional.empty();
        }
        Optional<Outcome> outcome = enforcement.outcome(verdict.get(), delivery.recipient());
        counts.count(verdict.get());
        log(delivery, verdict.get());
        return outcome;
    }

    private void log(Delivery delivery, Verdict verdict) {
        if (!(verdict instanceof Verdict.Accept)) {
            LOGGER.info(
                    "list={} from=<{}> mode={} {}",
                    delivery.destination().listId(),
                    Printable.address(delivery.transaction().reversePath(), MAX_LOGGED_LENGTH),
                    enforcement.mode(),
                    Printable.ascii(verdict.toString(), MAX_LOGGED_LENGTH));
        }
    }

    @Override
    public String getMailetInfo() {
        return "CheckPostingPermission: refuses what Mailman is certain to reject";
    }
}

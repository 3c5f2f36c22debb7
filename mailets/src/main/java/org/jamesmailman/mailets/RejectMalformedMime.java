// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailets;

import com.google.inject.Inject;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.james.core.MailAddress;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.mailet.Mail;
import org.apache.mailet.ProcessingState;
import org.apache.mailet.base.GenericMailet;
import org.jamesmailman.mailman.delivery.Delivery;
import org.jamesmailman.mailman.delivery.Enforcement;
import org.jamesmailman.mailman.delivery.Outcome;
import org.jamesmailman.mailman.message.NamedDefect;
import org.jamesmailman.mailman.message.SiteChecks;
import org.jamesmailman.mailman.verdict.Printable;
import org.jamesmailman.mailman.verdict.Replies;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses a message that Mailman's own LMTP runner would refuse for its defects, or that Mailman would break on; and,
 * where the site names them, messages with other defects.
 *
 * <p>What Mailman refuses is what Python's {@code email} package notes on the outermost message, such as a multipart
 * without a boundary. What it breaks on, whatever the list, it would shunt. Both are refused without any configuration.
 * On our LMTP side the client gets {@code 554 5.6.0} for each recipient, with the defect in words. In James's spool the
 * mail goes to a processor, for those of its recipients that are at a list; others are left alone. All defects, with
 * their names and sentences, are in {@code docs/mailets/RejectMalformedMime.md}.
 *
 * <p>With {@code policy.mode=observe} in {@code mailman.properties}, only that is refused which Mailman's own LMTP
 * runner would not take; everything else is observed. What is observed is logged, counted in James's metrics
 * ({@code mailman.malformed.NAME.observed}), and accepted.
 *
 * <p>Sample configuration:
 *
 * <pre>{@code
 * <mailet match="All" class="org.jamesmailman.mailets.RejectMalformedMime">
 *     <processor>error</processor>
 *     <defects>
 *         bad-base64:refuse, duplicate-from:refuse, too-many-parts:refuse,
 *         long-header-line:observe, undecodable-sender:observe
 *     </defects>
 *     <maxParts>500</maxParts>
 * </mailet>
 * }</pre>
 *
 * <ul>
 *   <li>{@code processor}: where a refused mail of James's spool goes; default {@code error}. Not used on our LMTP
 *       side.
 *   <li>{@code defects}: {@code NAME:ACTION} pairs with commas between; the action is {@code refuse} or
 *       {@code observe}. Default: none. Names that it may have:
 *       <ul>
 *         <li>{@code bad-base64}, {@code bad-quoted-printable}, {@code broken-nested-part}, {@code duplicate-from},
 *             {@code duplicate-date}, {@code duplicate-message-id}, {@code duplicate-subject},
 *             {@code long-header-line}, {@code long-body-line}, {@code 8-bit-header}, {@code too-many-parts},
 *             {@code nested-too-deep}, {@code too-many-headers}, {@code bare-cr}, {@code nul}: Mailman takes these;
 *             without a name here nobody looks for them.
 *         <li>{@code undecodable-sender}, {@code 8-bit-precedence}: Mailman's LMTP runner takes these, and the next
 *             runner shunts them; refused without a name here.
 *       </ul>
 *   <li>{@code maxParts}: more parts than this, on all levels, are {@code too-many-parts}; default 1000.
 *   <li>{@code maxDepth}: more levels of parts within parts than this, the message being the first, are
 *       {@code nested-too-deep}; default 20.
 *   <li>{@code maxHeaders}: more fields than this in the message's header are {@code too-many-headers}; default 1000.
 * </ul>
 */
public final class RejectMalformedMime extends GenericMailet {
    private static final Logger LOGGER = LoggerFactory.getLogger(RejectMalformedMime.class);
    private static final String PROCESSOR = "processor";
    private static final String DEFECTS = "defects";
    private static final String MAX_PARTS = "maxParts";
    private static final String MAX_DEPTH = "maxDepth";
    private static final String MAX_HEADERS = "maxHeaders";
    private static final int MAX_LOGGED_LENGTH = 500;

    private final ListMails listMails;
    private final Enforcement enforcement;
    private final MetricFactory metrics;
    private String processor = Mail.ERROR;
    private SiteChecks checks = SiteChecks.NONE;
    private DefectJudge judge;

    @Inject
    public RejectMalformedMime(ListMails listMails, Enforcement enforcement, MetricFactory metrics) {
        this.listMails = listMails;
        this.enforcement = enforcement;
        this.metrics = metrics;
    }

    @Override
    public void init() throws MessagingException {
        checkInitParameters(Set.of(PROCESSOR, DEFECTS, MAX_PARTS, MAX_DEPTH, MAX_HEADERS));
        processor = getInitParameter(PROCESSOR, Mail.ERROR);
        DefectActions actions = DefectActions.parse(getInitParameter(DEFECTS, ""));
        judge = new DefectJudge(actions, enforcement);
        checks = new SiteChecks(
                actions.siteDefects(),
                limit(MAX_PARTS, SiteChecks.DEFAULT_MAX_PARTS),
                limit(MAX_DEPTH, SiteChecks.DEFAULT_MAX_DEPTH),
                limit(MAX_HEADERS, SiteChecks.DEFAULT_MAX_HEADERS));
    }

    private int limit(String parameter, int defaultValue) throws MessagingException {
        String value = getInitParameter(parameter, String.valueOf(defaultValue)).strip();
        try {
            int limit = Integer.parseInt(value);
            if (limit > 0) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new MessagingException("The parameter " + parameter + " of RejectMalformedMime is '" + value
                + "': write a whole number from 1 on, such as " + defaultValue);
    }

    @Override
    public Collection<ProcessingState> requiredProcessingState() {
        return List.of(new ProcessingState(processor));
    }

    @Override
    public void service(Mail mail) throws MessagingException {
        Map<String, List<MailAddress>> diverted = new LinkedHashMap<>();
        try (ListMail listMail = listMails.of(mail)) {
            for (ListMail.Item item : listMail.deliveries()) {
                Optional<NamedDefect> defect = judge(item.delivery());
                if (defect.isPresent() && listMail.answersOnTheWire()) {
                    Refusal.conclude(mail, item, refused(item.delivery(), defect.get()));
                } else if (defect.isPresent()) {
                    diverted.computeIfAbsent(defect.get().explanation(), sentence -> new ArrayList<>())
                            .add(item.recipient());
                }
            }
        } catch (IOException e) {
            throw new MessagingException("The message of mail " + mail.getName() + " cannot be read", e);
        }
        Refusal refusal = new Refusal(getMailetContext(), processor);
        for (Map.Entry<String, List<MailAddress>> entry : diverted.entrySet()) {
            refusal.divert(mail, entry.getValue(), "554 5.6.0 malformed message: " + entry.getKey());
        }
    }

    /** What the message is refused for, if it is. */
    private Optional<NamedDefect> judge(Delivery delivery) throws IOException {
        DefectJudge.Judgement judgement = judge.judge(
                delivery.transaction().analysis(checks), delivery.destination().queue());
        judgement.refusal().ifPresent(defect -> count(defect, "refused"));
        if (!judgement.observed().isEmpty()) {
            judgement.observed().forEach(defect -> count(defect, "observed"));
            LOGGER.info(
                    "list={} from=<{}> observed, not refused: {}",
                    delivery.destination().listId(),
                    Printable.address(delivery.transaction().reversePath(), MAX_LOGGED_LENGTH),
                    judgement.observed().stream().map(NamedDefect::defectName).collect(Collectors.joining(", ")));
        }
        return judgement.refusal();
    }

    private void count(NamedDefect defect, String what) {
        metrics.generate("mailman.malformed." + defect.defectName() + '.' + what)
                .increment();
    }

    private static Outcome refused(Delivery delivery, NamedDefect defect) {
        return new Outcome.Refused(
                Replies.malformedMessage(delivery.recipient(), defect.explanation()), defect.explanation());
    }

    @Override
    public String getMailetInfo() {
        return "RejectMalformedMime: refuses what Mailman would refuse for its defects";
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.matchers;

import com.google.inject.Inject;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MimeMessageInputStream;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMatcher;
import org.jamesmailman.mailman.address.Destination;
import org.jamesmailman.mailman.delivery.Delivery;
import org.jamesmailman.mailman.delivery.PostingVerdicts;
import org.jamesmailman.mailman.delivery.Transactions;
import org.jamesmailman.mailman.delivery.VerdictSink;

/**
 * Matches the recipients whose post Mailman will judge in a given way: to treat it in a way of the admin's own, where
 * {@code CheckPostingPermission} would refuse it. Mail to a subaddress is no post, and never matches.
 * {@code policy.mode} and {@code policy.on-discard} do not matter here.
 *
 * <p>Sample configuration:
 *
 * <pre>{@code
 * <mailet match="org.jamesmailman.matchers.PostingVerdictIs=reject,discard" class="..."/>
 * }</pre>
 *
 * <p>The condition: one or more of {@code accept} (accepted, or held for the moderators), {@code reject},
 * {@code discard}, {@code cannot-tell} (left to Mailman), between commas.
 */
public final class PostingVerdictIs extends GenericMatcher {
    private final ListRecipients recipients;
    private final PostingVerdicts verdicts;
    private final Transactions transactions;
    private Set<VerdictWord> words = Set.of();

    @Inject
    public PostingVerdictIs(ListRecipients recipients, PostingVerdicts verdicts, Transactions transactions) {
        this.recipients = recipients;
        this.verdicts = verdicts;
        this.transactions = transactions;
    }

    @Override
    public void init() throws MessagingException {
        words = new Condition(getMatcherConfig()).oneOrMoreOf(VerdictWord.class);
    }

    @Override
    public Collection<MailAddress> match(Mail mail) throws MessagingException {
        try {
            Optional<Delivery> delivery = recipients.delivery(mail);
            if (delivery.isPresent()) {
                return isMeant(delivery.get()) ? mail.getRecipients() : List.of();
            }
            return matchInSpool(mail);
        } catch (IOException e) {
            throw new MessagingException("The message of mail " + mail.getName() + " cannot be read", e);
        }
    }

    private Collection<MailAddress> matchInSpool(Mail mail) throws MessagingException, IOException {
        List<ListRecipients.Found> posts = recipients.found(mail, Destination::isPost);
        if (posts.isEmpty()) {
            return List.of();
        }
        String idDomain = posts.get(0).destination().mailHost();
        List<MailAddress> matched = new ArrayList<>();
        try (InputStream in = new MimeMessageInputStream(mail.getMessage());
                Transactions.Read read =
                        transactions.read(in, mail.getMaybeSender().asString(""), idDomain)) {
            for (ListRecipients.Found post : posts) {
                String address = post.recipient().asString();
                if (isMeant(new Delivery(read.transaction(), address, post.destination(), new VerdictSink()))) {
                    matched.add(post.recipient());
                }
            }
        }
        return matched;
    }

    private boolean isMeant(Delivery delivery) throws IOException {
        return verdicts.of(delivery)
                .filter(verdict -> words.stream().anyMatch(word -> word.isOf(verdict)))
                .isPresent();
    }
}

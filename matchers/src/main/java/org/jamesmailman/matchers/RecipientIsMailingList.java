// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.matchers;

import com.google.inject.Inject;
import jakarta.mail.MessagingException;
import java.util.Collection;
import java.util.function.Predicate;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMatcher;
import org.jamesmailman.mailman.address.Destination;

/**
 * Matches the recipients that are at one of Mailman's lists, its posting address or any of its subaddresses.
 *
 * <p>Sample configuration:
 *
 * <pre>{@code
 * <mailet match="org.jamesmailman.matchers.RecipientIsMailingList=lists.example.com,example.org" class="..."/>
 * }</pre>
 *
 * <p>The condition: the domains of the lists ({@code mail_host}, never an alias), between commas; nothing for all
 * domains.
 */
public final class RecipientIsMailingList extends GenericMatcher {
    private final ListRecipients recipients;
    private Predicate<Destination> domains = destination -> true;

    @Inject
    public RecipientIsMailingList(ListRecipients recipients) {
        this.recipients = recipients;
    }

    @Override
    public void init() throws MessagingException {
        domains = new Condition(getMatcherConfig()).domains();
    }

    @Override
    public Collection<MailAddress> match(Mail mail) throws MessagingException {
        return recipients.matching(mail, domains);
    }
}

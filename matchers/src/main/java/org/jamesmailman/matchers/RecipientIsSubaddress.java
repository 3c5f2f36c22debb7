// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.matchers;

import com.google.inject.Inject;
import jakarta.mail.MessagingException;
import java.util.Collection;
import java.util.Set;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMatcher;
import org.jamesmailman.mailman.address.Subaddress;

/**
 * Matches the recipients that are given subaddresses of Mailman's lists, as {@code ant-request@example.com}.
 *
 * <p>Sample configuration:
 *
 * <pre>{@code
 * <mailet match="org.jamesmailman.matchers.RecipientIsSubaddress=request,join,leave" class="..."/>
 * }</pre>
 *
 * <p>The condition: one or more of {@code bounces}, {@code confirm}, {@code join}, {@code leave}, {@code owner},
 * {@code request}, between commas. {@code join} includes {@code -subscribe}, and {@code leave} includes
 * {@code -unsubscribe}.
 */
public final class RecipientIsSubaddress extends GenericMatcher {
    private final ListRecipients recipients;
    private Set<Subaddress> subaddresses = Set.of();

    @Inject
    public RecipientIsSubaddress(ListRecipients recipients) {
        this.recipients = recipients;
    }

    @Override
    public void init() throws MessagingException {
        subaddresses = new Condition(getMatcherConfig()).oneOrMoreOf(Subaddress.class);
    }

    @Override
    public Collection<MailAddress> match(Mail mail) throws MessagingException {
        return recipients.matching(
                mail,
                destination ->
                        destination.subaddress().filter(subaddresses::contains).isPresent());
    }
}

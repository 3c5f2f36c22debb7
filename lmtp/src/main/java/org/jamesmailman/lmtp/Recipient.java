// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import org.apache.james.core.MailAddress;
import org.jamesmailman.mailman.address.Destination;

/** A recipient that RCPT has accepted. */
sealed interface Recipient {
    /** The address as the client gave it; James's own {@link MailAddress} equals another one of other case. */
    String address();

    /** The address as James has it. */
    MailAddress mailAddress();

    /** A recipient at one of Mailman's lists. */
    record OfList(String address, MailAddress mailAddress, Destination destination) implements Recipient {}

    /** A recipient that James's own handlers know. */
    record OfJames(String address, MailAddress mailAddress) implements Recipient {}
}

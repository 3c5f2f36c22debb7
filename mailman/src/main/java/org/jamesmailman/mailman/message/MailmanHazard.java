// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

/**
 * What Mailman 3.3.8 does not refuse but breaks on: its LMTP runner fails on every try, and so would any runner that
 * finds such a message in its queue.
 */
public enum MailmanHazard {
    /**
     * Octets above 127 in the (first) Message-ID: {@code add_message_hash} in {@code mailman/utilities/email.py} gets a
     * {@code Header} where it wants a string; the LMTP runner answers 500.
     */
    EIGHT_BIT_MESSAGE_ID("The Message-ID contains characters that are not ASCII."),
    /**
     * Parts within parts to such a depth that Python gives up: its pickle at about 195, its parser at about 980; see
     * {@link MimeLimits#depth()}.
     */
    NESTED_TOO_DEEPLY("The parts of the message are nested too deeply."),
    /**
     * Parameters of the Content-Type of a multipart on which {@code email.utils.decode_params} raises, such as
     * {@code name*} beside {@code name*0}; the LMTP runner answers 451 for ever.
     */
    UNPARSABLE_CONTENT_TYPE("The parameters of a multipart Content-Type contradict each other.");

    private final String explanation;

    MailmanHazard(String explanation) {
        this.explanation = explanation;
    }

    /** One sentence for the sender, in printable ASCII. */
    public String explanation() {
        return explanation;
    }
}

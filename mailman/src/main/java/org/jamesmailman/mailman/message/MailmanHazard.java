// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.util.EnumSet;
import java.util.Set;

/**
 * What Mailman 3.3.8 does not refuse but breaks on, whatever the list: its LMTP runner fails on every try, or it takes
 * the message and the runner that comes next is certain to shunt it.
 */
public enum MailmanHazard implements NamedDefect {
    /**
     * Octets above 127 in the (first) Message-ID: {@code add_message_hash} in {@code mailman/utilities/email.py} gets a
     * {@code Header} where it wants a string; the LMTP runner answers 500.
     */
    EIGHT_BIT_MESSAGE_ID("8-bit-message-id", "The Message-ID contains characters that are not ASCII."),
    /**
     * Parts within parts to such a depth that Python gives up: its pickle at about 195, its parser at about 980; see
     * {@link MimeLimits#depth()}.
     */
    NESTED_TOO_DEEPLY("unpicklable-nesting", "The parts of the message are nested too deeply."),
    /**
     * Parameters of the Content-Type of a multipart on which {@code email.utils.decode_params} raises, such as
     * {@code name*} beside {@code name*0}; the LMTP runner answers 451 for ever.
     */
    UNPARSABLE_CONTENT_TYPE(
            "unparsable-content-type", "The parameters of a multipart Content-Type contradict each other."),
    /**
     * Encoded words in a header that names senders, which Python cannot decode: {@code msg.sender}, which each runner
     * asks for first ({@code mailman/core/runner.py}, {@code _process_one_file}), raises.
     */
    UNDECODABLE_SENDER(
            "undecodable-sender", "A header that names the sender has encoded words that cannot be decoded."),
    /**
     * Octets above 127 in X-Ack or Precedence: {@code mailman/handlers/replybot.py} and
     * {@code mailman/runners/command.py} get a {@code Header} where they want a string. Bounces do not pass there.
     */
    EIGHT_BIT_PRECEDENCE("8-bit-precedence", "A Precedence or X-Ack header contains characters that are not ASCII.");

    /** {@code mailman/runners/bounce.py} reads neither header. */
    private static final Set<String> QUEUES_WITHOUT_RESPONSES = Set.of("bounces");

    private static final Set<MailmanHazard> SHUNTED = EnumSet.of(UNDECODABLE_SENDER, EIGHT_BIT_PRECEDENCE);

    private final String defectName;
    private final String explanation;

    MailmanHazard(String defectName, String explanation) {
        this.defectName = defectName;
        this.explanation = explanation;
    }

    @Override
    public String defectName() {
        return defectName;
    }

    /** Whether the LMTP runner takes it, and the runner that comes next shunts it; else the former breaks. */
    @Override
    public boolean isTakenByLmtpRunner() {
        return SHUNTED.contains(this);
    }

    /** Whether Mailman breaks on it in a message that comes into this queue. */
    public boolean strikes(String queue) {
        return this != EIGHT_BIT_PRECEDENCE || !QUEUES_WITHOUT_RESPONSES.contains(queue);
    }

    @Override
    public String explanation() {
        return explanation;
    }
}

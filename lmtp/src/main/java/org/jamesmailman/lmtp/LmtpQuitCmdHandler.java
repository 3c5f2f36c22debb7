// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import com.google.inject.Inject;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.QuitCmdHandler;
import org.jamesmailman.mailman.verdict.Reply;

/**
 * QUIT, which has no argument (RFC 5321 4.1.1.10). James's own closes the connection behind its refusal. Thread-safe.
 */
public final class LmtpQuitCmdHandler extends QuitCmdHandler {
    @Inject
    public LmtpQuitCmdHandler(MetricFactory metricFactory) {
        super(metricFactory);
    }

    @Override
    protected Response doFilterChecks(SMTPSession session, String command, String argument) {
        return argument == null || argument.isBlank()
                ? null
                : WireReply.of(new Reply(501, "5.5.4", "QUIT has no argument"));
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import com.google.inject.Inject;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.UnknownCmdHandler;
import org.jamesmailman.mailman.verdict.Reply;

/** What to say to a command that there is not. Thread-safe. */
public final class LmtpUnknownCmdHandler extends UnknownCmdHandler {
    private static final Reply UNKNOWN = new Reply(500, "5.5.1", "command not known");
    private static final Reply THIS_IS_LMTP = new Reply(500, "5.5.1", "this is LMTP: say LHLO");

    @Inject
    public LmtpUnknownCmdHandler(MetricFactory metricFactory) {
        super(metricFactory);
    }

    /** RFC 2033 4.1: nobody must take this for an SMTP server. */
    private static boolean isOfSmtp(String command) {
        return command.equals("HELO") || command.equals("EHLO");
    }

    @Override
    protected Response doCoreCmd(SMTPSession session, String command, String argument) {
        return WireReply.of(isOfSmtp(command) ? THIS_IS_LMTP : UNKNOWN);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.RsetCmdHandler;
import org.jamesmailman.mailman.verdict.Reply;

/** RSET, which has no argument (RFC 5321 4.1.1.5): 501, where James's own says 500. Thread-safe. */
public final class LmtpRsetCmdHandler extends RsetCmdHandler {
    @Override
    public Response onCommand(SMTPSession session, Request request) {
        String argument = request.getArgument();
        return argument == null || argument.isBlank()
                ? super.onCommand(session, request)
                : WireReply.of(new Reply(501, "5.5.4", "RSET has no argument"));
    }
}

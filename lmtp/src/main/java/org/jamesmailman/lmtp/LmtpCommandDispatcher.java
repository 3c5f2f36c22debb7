// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.james.protocols.api.BaseRequest;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandDispatcher;
import org.apache.james.protocols.smtp.SMTPSession;
import org.jamesmailman.mailman.verdict.Replies;
import org.jamesmailman.mailman.verdict.Reply;

/**
 * Gives each command line to the handler of its command.
 *
 * <p>James's own takes a bare LF for a line's end and strips control characters away; here they are errors (RFC 5321
 * 2.3.8, 4.1.1). Wired once at start; thread-safe then.
 */
public final class LmtpCommandDispatcher extends CommandDispatcher<SMTPSession> {
    /** @param line with its end from James's listener, without one from ours */
    @Override
    public Response onLine(SMTPSession session, byte[] line) {
        int length = line.length;
        if (length > 0 && line[length - 1] == '\n') {
            if (length < 2 || line[length - 2] != '\r') {
                return WireReply.closing(Replies.bareLineFeed());
            }
            length -= 2;
        }
        if (hasControls(line, length)) {
            return WireReply.of(new Reply(500, "5.5.2", "a command has no control characters"));
        }
        return super.onLine(session, line);
    }

    private static boolean hasControls(byte[] line, int length) {
        for (int i = 0; i < length; i++) {
            if ((line[i] >= 0 && line[i] < ' ') || line[i] == 0x7f) {
                return true;
            }
        }
        return false;
    }

    @Override
    protected Request parseRequest(SMTPSession session, byte[] line) {
        // Trailing blanks and the line's end go; RFC 5321 4.1.1 wants the former tolerated.
        String text = new String(line, StandardCharsets.ISO_8859_1).stripTrailing();
        int blank = text.indexOf(' ');
        return blank < 0
                ? new BaseRequest(text.toUpperCase(Locale.ROOT), null)
                : new BaseRequest(text.substring(0, blank).toUpperCase(Locale.ROOT), text.substring(blank + 1));
    }
}

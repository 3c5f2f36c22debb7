// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.lmtp.LMTPMultiResponse;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.jamesmailman.mailman.verdict.Reply;

/** Our replies as James writes them. */
final class WireReply {
    private WireReply() {}

    static SMTPResponse of(Reply reply) {
        return new SMTPResponse(Integer.toString(reply.code()), reply.enhancedText());
    }

    /** A reply after which the connection is closed. */
    static SMTPResponse closing(Reply reply) {
        SMTPResponse response = of(reply);
        response.setEndSession(true);
        return response;
    }

    /** One reply per recipient (RFC 2033 4.2). */
    static Response of(List<Reply> replies) {
        return LMTPMultiResponse.of(
                replies.stream().<Response>map(WireReply::of).collect(Collectors.toList()));
    }
}

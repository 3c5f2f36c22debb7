// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp.listener;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import org.apache.james.protocols.api.Response;
import org.jamesmailman.mailman.verdict.Reply;

/** Writes replies as they go over the wire: printable ASCII, each line ended by CRLF. */
final class ReplyEncoder {
    /** RFC 5321 4.5.3.1.5, without the line's end. */
    private static final int MAX_LINE_LENGTH = 510;

    private ReplyEncoder() {}

    static ByteBuf encode(ByteBufAllocator allocator, Response response) {
        ByteBuf encoded = allocator.buffer();
        for (CharSequence line : response.getLines()) {
            append(encoded, line);
        }
        return encoded;
    }

    static ByteBuf encode(ByteBufAllocator allocator, List<Reply> replies) {
        ByteBuf encoded = allocator.buffer();
        for (Reply reply : replies) {
            append(encoded, reply.toString());
        }
        return encoded;
    }

    /** A hook may have put in what a client sent: a line end in it would be a reply of its own. */
    private static void append(ByteBuf encoded, CharSequence line) {
        int length = Math.min(line.length(), MAX_LINE_LENGTH);
        for (int i = 0; i < length; i++) {
            char c = line.charAt(i);
            encoded.writeByte(c >= ' ' && c <= '~' ? c : '?');
        }
        encoded.writeByte('\r').writeByte('\n');
    }
}

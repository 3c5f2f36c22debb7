// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import java.util.List;
import java.util.stream.Collectors;
import org.jamesmailman.mailman.message.HeaderField;
import org.jamesmailman.mailman.message.MimeAnalysis;

/** A message that Mailman may stumble over, before its rules or in one of the first, is left to it. */
final class ReadableMessage implements PostingRule {
    /**
     * Mailman shunts a post with raw 8-bit in one of these: in its incoming runner ({@code handlers/replybot.py}),
     * before any rule, or in the loop rule.
     */
    private static final List<String> READ_AS_TEXT = List.of("x-ack", "precedence", "list-post");

    @Override
    public String name() {
        return "message";
    }

    @Override
    public RuleAnswer check(Post post) {
        MimeAnalysis message = post.analysis();
        if (!message.hazards().isEmpty()
                || message.doubt().isPresent()
                || !message.headers().isComplete()) {
            return new RuleAnswer.CannotTell("Mailman may stumble over the message");
        }
        boolean shunted =
                message.headers().fields().stream().anyMatch(field -> field.isEightBit() && isReadAsText(field.name()));
        return shunted
                ? new RuleAnswer.CannotTell("a header that Mailman reads as text is not ASCII")
                : new RuleAnswer.Miss();
    }

    private static boolean isReadAsText(String name) {
        return READ_AS_TEXT.stream().anyMatch(name::equalsIgnoreCase);
    }

    @Override
    public String read(Post post) {
        MimeAnalysis message = post.analysis();
        String eightBit = message.headers().fields().stream()
                .filter(HeaderField::isEightBit)
                .map(HeaderField::name)
                .distinct()
                .collect(Collectors.joining(", "));
        return message.headers().fields().size() + " header fields, 8-bit in "
                + (eightBit.isEmpty() ? "none" : eightBit) + "; hazards "
                + message.hazards() + message.doubt().map(doubt -> "; " + doubt).orElse("");
    }
}

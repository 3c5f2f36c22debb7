// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jamesmailman.mailman.message.TextPart;

/**
 * A moderator's password in the message beats the rules after it. Whether it is the right one is for Mailman to say,
 * which takes it out of the message, too. Source: Mailman's {@code rules/approved.py}.
 */
final class Approved implements PostingRule {
    private static final List<String> HEADERS = List.of("approve", "approved", "x-approve", "x-approved");

    @Override
    public String name() {
        return "approved";
    }

    @Override
    public RuleAnswer check(Post post) throws IOException {
        if (!post.list().settings().hasModeratorPassword()) {
            return new RuleAnswer.Miss();
        }
        if (HEADERS.stream().anyMatch(post.analysis().headers()::contains)) {
            return new RuleAnswer.CannotTell("the message has a header for the list's moderator password");
        }
        Optional<TextPart> text = post.message().firstText();
        return text.isPresent() ? check(text.get()) : new RuleAnswer.Miss();
    }

    private static RuleAnswer check(TextPart text) {
        return switch (ApprovedLine.in(text)) {
            case ABSENT -> new RuleAnswer.Miss();
            case PRESENT ->
                new RuleAnswer.CannotTell("the message begins with a line for the list's moderator password");
            case CANNOT_TELL ->
                new RuleAnswer.CannotTell("whether the message begins with a password is for Python to say");
        };
    }

    @Override
    public String read(Post post) {
        return post.list().settings().hasModeratorPassword() ? "moderator_password is set" : "no moderator_password";
    }
}

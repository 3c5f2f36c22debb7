// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import java.util.List;
import java.util.Locale;

/**
 * A message whose {@code List-Post} is the bare posting address has been here before. (Mailman itself writes
 * {@code <mailto:...>}, which never matches.) On raw 8-bit Mailman stumbles. Source: Mailman's {@code rules/loop.py}.
 */
final class Loop implements PostingRule {
    static final String NAME = "loop";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public RuleAnswer check(Post post) {
        List<String> values = post.analysis().headers().values("list-post");
        if (values.stream().anyMatch(value -> value.chars().anyMatch(octet -> octet > 0x7F))) {
            return new RuleAnswer.CannotTell("a List-Post that Mailman reads as text is not ASCII");
        }
        return values.stream()
                        .map(value -> value.strip().toLowerCase(Locale.ROOT))
                        .anyMatch(post.list().postingAddress()::equals)
                ? new RuleAnswer.Discard("List-Post is the list's own posting address")
                : new RuleAnswer.Miss();
    }

    @Override
    public String read(Post post) {
        return "List-Post fields "
                + post.analysis().headers().values("list-post").size() + "; posting address "
                + post.list().postingAddress();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import java.util.Locale;
import java.util.stream.Stream;

/**
 * A message whose {@code List-Post} is the bare posting address has been here before. (Mailman itself writes
 * {@code <mailto:...>}, which never matches.) Source: Mailman's {@code rules/loop.py}.
 */
final class Loop implements PostingRule {
    static final String NAME = "loop";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public RuleAnswer check(Post post) {
        return listPosts(post).anyMatch(post.list().postingAddress()::equals)
                ? new RuleAnswer.Discard("List-Post is the list's own posting address")
                : new RuleAnswer.Miss();
    }

    private static Stream<String> listPosts(Post post) {
        return post.analysis().headers().values("list-post").stream()
                .map(value -> value.strip().toLowerCase(Locale.ROOT));
    }

    @Override
    public String read(Post post) {
        return "List-Post fields " + listPosts(post).count() + "; posting address "
                + post.list().postingAddress();
    }
}

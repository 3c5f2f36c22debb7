// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import java.io.IOException;

/** One rule that posts go through. Immutable and thread-safe. */
interface PostingRule {
    /** Mailman's own name of the rule; of what is no rule of Mailman's, one in the same form. */
    String name();

    /**
     * What the rule makes of a post.
     *
     * @throws IOException when the message cannot be read
     */
    RuleAnswer check(Post post) throws IOException;

    /**
     * What the rule looks at in a post, in words for an administrator. Asked for by {@link PostingPolicy#explain}
     * alone, so that it costs nothing otherwise.
     */
    String read(Post post);
}

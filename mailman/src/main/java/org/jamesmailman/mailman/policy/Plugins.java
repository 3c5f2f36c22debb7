// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

/** Plugins may bring rules, chains and handlers of their own, which we cannot know. */
final class Plugins implements PostingRule {
    @Override
    public String name() {
        return "plugins";
    }

    @Override
    public RuleAnswer check(Post post) {
        return post.site().pluginsEnabled()
                ? new RuleAnswer.CannotTell("the site has plugins, which may bring rules of their own")
                : new RuleAnswer.Miss();
    }

    @Override
    public String read(Post post) {
        return post.site().pluginsEnabled() ? "plugins are enabled" : "no plugin is enabled";
    }
}

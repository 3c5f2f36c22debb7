// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import org.jamesmailman.mailman.directory.ListSettings;

/** The sender's domain may have a strict DMARC policy: that is in the DNS, and Mailman asks it. */
final class DmarcMitigation implements PostingRule {
    @Override
    public String name() {
        return "dmarc-mitigation";
    }

    @Override
    public RuleAnswer check(Post post) {
        return post.list().settings().dmarcMitigation() == ListSettings.DmarcMitigation.MAY_REJECT_OR_DISCARD
                ? new RuleAnswer.CannotTell("the list rejects or discards by DMARC policy, which is in the DNS")
                : new RuleAnswer.Miss();
    }

    @Override
    public String read(Post post) {
        return "dmarc_mitigate_action "
                + (post.list().settings().dmarcMitigation() == ListSettings.DmarcMitigation.HARMLESS
                        ? "that neither rejects nor discards"
                        : "that may reject or discard");
    }
}

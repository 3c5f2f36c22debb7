// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

/** The site of {@link DirectorySourceContract}, made by Mailman itself. */
public final class ContractSite {
    private static final String PROGRAM = """
            domains().add('lists.example.org')
            domains().add('example.com', alias_domain='example.net')

            ant = create_list('ant@example.com')
            anne = user('anne@example.com', 'anne@home.example')
            user('bart@example.com')
            ant.subscribe(address('anne@example.com'), MemberRole.owner)
            subscribe('ant@example.com', 'anne@example.com')
            subscribe('ant@example.com', 'bart@example.com', action=Action.reject)
            subscribe('ant@example.com', 'jorg@example.com')
            subscribe('ant@example.com', 'olga@example.com', MemberRole.owner)
            subscribe('ant@example.com', 'carl@example.com', MemberRole.nonmember, Action.accept)
            subscribe('ant@example.com', 'elle@example.com', MemberRole.nonmember)
            IBanManager(ant).ban('dave@example.com')
            IBanManager(ant).ban(r'^.*@bad\\.example$')
            IBanManager(None).ban('eve@example.com')
            IBanManager(None).ban('^eve')

            from mailman.interfaces.autorespond import ResponseAction
            from mailman.interfaces.mailinglist import DMARCMitigateAction
            bee = create_list('bee@lists.example.org')
            bee.posting_chain = 'accept'
            bee.emergency = True
            bee.autorespond_postings = ResponseAction.respond_and_continue
            bee.moderator_password = b'secret'
            bee.dmarc_mitigate_action = DMARCMitigateAction.reject
            bee.default_member_action = Action.hold
            bee.default_nonmember_action = Action.discard
            bee.accept_these_nonmembers = [r'^a.*@example\\.com$', 'j\\u00f6rg@example.com']
            bee.hold_these_nonmembers = ['h@example.com']
            bee.reject_these_nonmembers = ['r@example.com']
            bee.discard_these_nonmembers = ['d@example.com', '^d']
            matches = IHeaderMatchList(bee)
            matches.append('Subject', 'viagra|casino')
            matches.insert(0, 'X-Spam', '^yes', 'discard')
            """;

    private ContractSite() {}

    public static void make(MailmanSite mailman) {
        mailman.run(PROGRAM);
        // Mailman of today makes no such address, but older ones did.
        mailman.run("sql('UPDATE address SET email = :new WHERE email = :old', new='j\\u00f6rg@example.com',"
                + " old='jorg@example.com')");
    }
}

# SPDX-License-Identifier: Apache-2.0
"""Mailman itself, on a database of its own, doing what it is told.

Usage: mailman-site.py MAILMAN_CFG. Each line of standard input is a program in Base64; it is run and committed, and answered
with a line: OK, or what went wrong.
"""

import base64
import sys
import traceback

from mailman.core.initialize import initialize

initialize(sys.argv[1])

from mailman.app.lifecycle import create_list  # noqa: E402
from mailman.config import config  # noqa: E402
from mailman.interfaces.action import Action  # noqa: E402
from mailman.interfaces.bans import IBanManager  # noqa: E402
from mailman.interfaces.domain import IDomainManager  # noqa: E402
from mailman.interfaces.listmanager import IListManager  # noqa: E402
from mailman.interfaces.mailinglist import IHeaderMatchList  # noqa: E402
from mailman.interfaces.member import MemberRole  # noqa: E402
from mailman.interfaces.usermanager import IUserManager  # noqa: E402
from mailman.utilities.datetime import now  # noqa: E402
from sqlalchemy import text  # noqa: E402
from zope.component import getUtility  # noqa: E402


def domains():
    return getUtility(IDomainManager)


def users():
    return getUtility(IUserManager)


def mlist(name):
    return getUtility(IListManager).get(name)


def address(email):
    return users().get_address(email) or users().create_address(email)


def subscribe(name, email, role=MemberRole.member, action=None):
    member = mlist(name).subscribe(address(email), role)
    member.moderation_action = action


def user(*emails):
    """A user who has these addresses, the first of them the preferred one."""
    owner = users().create_user()
    for email in emails:
        owner.link(address(email))
    preferred = address(emails[0])
    preferred.verified_on = now()
    owner.preferred_address = preferred
    return owner


def sql(statement, **values):
    config.db.store.execute(text(statement), values)


def forget(name):
    """Removes a list, whatever was done to its rows."""
    list_id = name.replace('@', '.')
    sql('DELETE FROM headermatch WHERE mailing_list_id IN'
        ' (SELECT id FROM mailinglist WHERE list_id = :id)', id=list_id)
    for table in ('member', 'ban', 'mailinglist'):
        sql('DELETE FROM {} WHERE list_id = :id'.format(table), id=list_id)
    config.db.store.expunge_all()


print('READY', flush=True)
for line in sys.stdin:
    try:
        exec(base64.b64decode(line).decode('utf-8'), globals())
        config.db.commit()
        print('OK', flush=True)
    except Exception:
        config.db.abort()
        print(traceback.format_exc().strip().replace('\n', ' | '), flush=True)

# SPDX-License-Identifier: Apache-2.0
"""Mailman itself, on a database of its own: makes sites, and tells what its incoming runner does with posts.

Usage: posting-peer.py MAILMAN_CFG. Reads one JSON object a line and answers each with one:

    {"site": {"cfg": TEXT, "domains": [MAIL_HOST], "users": [[EMAIL]], "bans": [BAN], "lists": [LIST]}}
        empties the database and fills it, and lays the text over mailman.cfg; answers {}. A LIST has a name, settings
        (attributes of the list; null is NULL, an action is a name), members, nonmembers and preferred (each
        [EMAIL, ACTION or null]), bans, and headerMatches (each [HEADER, PATTERN, CHAIN or null]).
    {"posts": [{"content": BASE64, "mailFrom": PATH, "messageId": ID, "listid": LIST_ID}]}
        answers {"judgements": [{"outcome": accept|hold|reject|discard|shunt|none, "rule": the last rule that hit, or
        the error}]}; the Message-ID is for a message that has none
"""

import base64
import email
import json
import pickle
import sys
import traceback
import warnings
from contextlib import suppress

from mailman.core.initialize import initialize

initialize(sys.argv[1])

from mailman.app.lifecycle import create_list  # noqa: E402
from mailman.config import config  # noqa: E402
from mailman.database.model import Model  # noqa: E402
from mailman.email.message import Message  # noqa: E402
from mailman.interfaces.action import Action  # noqa: E402
from mailman.interfaces.address import ExistingAddressError  # noqa: E402
from mailman.interfaces.autorespond import ResponseAction  # noqa: E402
from mailman.interfaces.bans import IBanManager  # noqa: E402
from mailman.interfaces.domain import IDomainManager  # noqa: E402
from mailman.interfaces.errors import MailmanError  # noqa: E402
from mailman.interfaces.listmanager import IListManager  # noqa: E402
from mailman.interfaces.mailinglist import IHeaderMatchList  # noqa: E402
from mailman.interfaces.member import MemberRole  # noqa: E402
from mailman.interfaces.usermanager import IUserManager  # noqa: E402
from mailman.model.bans import BanManager  # noqa: E402
from mailman.model.roster import AbstractRoster  # noqa: E402
from mailman.model.usermanager import UserManager  # noqa: E402
from mailman.runners.incoming import IncomingRunner  # noqa: E402
from mailman.utilities.datetime import now  # noqa: E402
from mailman.utilities.email import add_message_hash  # noqa: E402
from sqlalchemy import event  # noqa: E402
from zope.component import getUtility  # noqa: E402

warnings.simplefilter('ignore')
ENDS = ('accept', 'hold', 'reject', 'discard')
outcomes = []
overlays = []
# Answers of Mailman's own questions to its database, of which most are asked many times of one site.
answers = {}
# Whether the post at hand has changed the database.
writes = []


def end(name):
    """What a chain does with a post in the end is not done here, but written down."""
    def process(mlist, msg, msgdata):
        outcomes.append((name, (msgdata['rule_hits'] or ['none'])[-1]))
    return process


for name in ENDS:
    config.chains[name]._process = end(name)


@event.listens_for(config.db.engine, 'connect')
def be_quick(connection, record):
    """Nobody mourns this database."""
    connection.execute('PRAGMA synchronous = OFF')
    connection.execute('PRAGMA journal_mode = MEMORY')


config.db.engine.dispose()
config.db.store.expire_on_commit = False


@event.listens_for(config.db.store, 'after_flush')
def note(session, context):
    writes.append(True)


def has_written():
    return bool(writes or config.db.store.new)


def remembered(cls, name, key):
    """The method, which is asked once for a site as it was filled; each time, where a post may have changed the answer:
    it writes down unknown senders, and makes them nonmembers of the list."""
    method = getattr(cls, name)

    def ask(self, email):
        if has_written() and getattr(self, 'role', None) is MemberRole.nonmember:
            return method(self, email)
        question = (name, key(self), email)
        if question not in answers:
            answers[question] = method(self, email)
        return answers[question]

    setattr(cls, name, ask)


def remembered_creation(method):
    def create(self, email, display_name=None):
        if ('exists', email) in answers:
            raise ExistingAddressError(email)
        try:
            return method(self, email, display_name)
        except ExistingAddressError:
            answers[('exists', email)] = True
            raise

    return create


remembered(BanManager, 'is_banned', lambda self: self._list_id)
remembered(AbstractRoster, 'get_member', lambda self: (self._mlist.list_id, self.role))
remembered(UserManager, 'get_user', lambda self: None)
UserManager.create_address = remembered_creation(UserManager.create_address)
runner = IncomingRunner.__new__(IncomingRunner)
runner.name = 'in'


def address(email):
    users = getUtility(IUserManager)
    return users.get_address(email) or users.create_address(email)


def user(emails):
    owner = getUtility(IUserManager).create_user()
    for email in emails:
        owner.link(address(email))
    preferred = address(emails[0])
    preferred.verified_on = now()
    owner.preferred_address = preferred


def action(name):
    return None if name is None else Action[name]


def subscribe(mlist, subscriber, role, name):
    # Some may not be: the list itself as its member, or the same one twice.
    with suppress(MailmanError):
        mlist.subscribe(subscriber, role).moderation_action = action(name)


def setting(name, value):
    if name.endswith('_action'):
        return action(value)
    if name == 'moderator_password':
        return value.encode('us-ascii')
    return ResponseAction[value] if name.startswith('autorespond') else value


def fill(spec):
    mlist = create_list(spec['name'])
    mlist.send_welcome_message = False
    mlist.admin_notify_mchanges = False
    for email, name in spec['members']:
        subscribe(mlist, address(email), MemberRole.member, name)
    for email, name in spec['nonmembers']:
        subscribe(mlist, address(email), MemberRole.nonmember, name)
    for email, name in spec['preferred']:
        subscribe(mlist, getUtility(IUserManager).get_user(email), MemberRole.member, name)
    for header, pattern, chain in spec['headerMatches']:
        with suppress(ValueError):
            IHeaderMatchList(mlist).append(header, pattern, chain)
    for name, value in spec['settings'].items():
        setattr(mlist, name, setting(name, value))
    for ban in spec['bans']:
        IBanManager(mlist).ban(ban)


def become(site):
    if overlays:
        config.pop(overlays.pop())
    config.push('site', site['cfg'])
    overlays.append('site')
    store = config.db.store
    answers.clear()
    store.expunge_all()
    for table in reversed(Model.metadata.sorted_tables):
        store.execute(table.delete())
    for mail_host in site['domains']:
        getUtility(IDomainManager).add(mail_host)
    for emails in site['users']:
        user(emails)
    for spec in site['lists']:
        fill(spec)
    # Last, for nobody who is banned can be subscribed.
    for ban in site['bans']:
        IBanManager(None).ban(ban)
    config.db.commit()
    store.expire_all()
    answers.clear()
    return {}


def received(content, mail_from, message_id):
    """As the LMTP runner makes it (runners/lmtp.py), and the queue gives it back."""
    msg = email.message_from_bytes(content, Message)
    msg.set_unixfrom(mail_from)
    if msg.get('message-id') is None:
        msg['Message-ID'] = message_id
    msg.original_size = len(content)
    add_message_hash(msg)
    msg['X-MailFrom'] = mail_from
    return pickle.loads(pickle.dumps(msg))


def forget_nonmembers():
    for question in [key for key in answers if key[0] == 'get_member' and key[1][1] is MemberRole.nonmember]:
        del answers[question]


def finish(end):
    """Commits or aborts, as the runner does; a post that has written nothing is spared both."""
    if has_written() or config.db.store.dirty:
        end()
        forget_nonmembers()


def judge(post):
    outcomes.clear()
    writes.clear()
    content = base64.b64decode(post['content'])
    msgdata = dict(listid=post['listid'], original_size=len(content), received_time=now(), to_list=True)
    try:
        runner._process_one_file(received(content, post['mailFrom'], post['messageId']), msgdata)
    except Exception as error:
        finish(config.db.abort)
        return dict(outcome='shunt', rule=repr(error))
    # What it made of the senders stays: nonmembers for whom no action is set, who are as good as nobody.
    finish(config.db.commit)
    (outcome, rule), = outcomes or [('none', 'none')]
    return dict(outcome=outcome, rule=rule)


def answer(request):
    try:
        if 'site' in request:
            return become(request['site'])
        return dict(judgements=[judge(post) for post in request['posts']])
    except Exception:
        return dict(error=traceback.format_exc())


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)

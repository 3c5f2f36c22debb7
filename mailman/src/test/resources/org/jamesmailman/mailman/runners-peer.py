# SPDX-License-Identifier: Apache-2.0
"""Mailman itself, on a database of its own: what its LMTP handler makes of a message, and then its next runners.

Usage: runners-peer.py MAILMAN_CFG. Its lists are open@example.com, which takes posts of anne@example.com, and
held@example.com, which holds all. Reads one JSON object a line and answers each with one:

    {"content": BASE64, "mailFrom": PATH, "run": BOOLEAN}
        has Mailman's LMTP handler take the message for each of RECIPIENTS, has the runners work through their queues
        if "run", and answers {"status": the replies, or the exception, "shunted": [RECIPIENT]}: the recipients whose
        entry is in the queue shunt or bad afterwards
"""

import base64
import json
import logging
import os
import pickle
import sys
import warnings
from types import SimpleNamespace

from mailman.core.initialize import initialize

initialize(sys.argv[1])

from mailman.app.lifecycle import create_list  # noqa: E402
from mailman.config import config  # noqa: E402
from mailman.interfaces.action import Action  # noqa: E402
from mailman.interfaces.domain import IDomainManager  # noqa: E402
from mailman.interfaces.member import MemberRole  # noqa: E402
from mailman.interfaces.usermanager import IUserManager  # noqa: E402
from mailman.runners.bounce import BounceRunner  # noqa: E402
from mailman.runners.command import CommandRunner  # noqa: E402
from mailman.runners.incoming import IncomingRunner  # noqa: E402
from mailman.runners.lmtp import LMTPHandler  # noqa: E402
from zope.component import getUtility  # noqa: E402

warnings.simplefilter('ignore')
# It tells of each of its bounce detectors.
logging.getLogger('flufl.bounce').setLevel(logging.ERROR)
# Nothing here needs to survive a crash.
os.fsync = lambda descriptor: None
RECIPIENTS = ('open@example.com', 'held@example.com', 'open-owner@example.com', 'open-request@example.com',
              'open-bounces@example.com')


def make_lists():
    getUtility(IDomainManager).add('example.com')
    anne = getUtility(IUserManager).create_address('anne@example.com')
    for name in ('open', 'held'):
        mlist = create_list(name + '@example.com')
        mlist.send_welcome_message = False
        mlist.admin_immed_notify = False
        mlist.default_nonmember_action = Action.hold
        mlist.subscribe(anne, MemberRole.member).moderation_action = Action[dict(open='accept', held='hold')[name]]
    config.db.commit()


make_lists()
handler = LMTPHandler()
runners = [IncomingRunner('in'), CommandRunner('command'), BounceRunner('bounces')]


def addressee(msgdata):
    name = msgdata['listid'].partition('.')[0]
    subaddress = msgdata.get('subaddress')
    return name + ('-' + subaddress if subaddress else '') + '@example.com'


def broken(queue):
    """The recipients of the entries in a queue of broken ones, which is emptied."""
    directory = config.switchboards[queue].queue_directory
    for name in os.listdir(directory):
        path = os.path.join(directory, name)
        with open(path, 'rb') as entry:
            pickle.load(entry)
            yield addressee(pickle.load(entry))
        os.unlink(path)


def receive(content, mail_from):
    envelope = SimpleNamespace(content=content, mail_from=mail_from, rcpt_tos=list(RECIPIENTS), rcpt_options=[])
    try:
        return handler._handle_DATA(None, None, envelope).split('\r\n')
    except Exception as error:
        config.db.abort()
        return [repr(error)]


def answer(request):
    status = receive(base64.b64decode(request['content']), request['mailFrom'])
    for runner in runners if request['run'] else ():
        runner._one_iteration()
    shunted = sorted([*broken('shunt'), *broken('bad')])
    for queue in config.switchboards.values():
        for name in os.listdir(queue.queue_directory):
            os.unlink(os.path.join(queue.queue_directory, name))
    return dict(status=status, shunted=shunted)


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)

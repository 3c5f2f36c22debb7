# SPDX-License-Identifier: Apache-2.0
"""Mailman's own LMTP handler, with lists and queues of paper: what it makes of a recipient, and of a message.

Usage: lmtp-peer.py QUEUE_ROOT. Reads one JSON object a line and answers each with one:

    {"lists": [POSTING_ADDRESS], "domains": [[MAIL_HOST, ALIAS_DOMAIN or null]], "delimiter": VERP_DELIMITER}
        from now on these are Mailman's; answers {}
    {"rcpt": ADDRESS}
        runs handle_RCPT and handle_DATA for it; answers null when Mailman refuses it, else the metadata
    {"content": BASE64, "mailFrom": PATH, "rcpt": ADDRESS, "messageId": ID, "receivedAt": ISO_8601, "entry": FILE}
        has Mailman's handler and switchboard write an entry of the same transaction, loads both as Mailman's runners
        do, and answers {"status": LMTP_REPLY, "ours": [VALUE, VALUE], "mailman": [VALUE, VALUE]}
    {"load": FILE}
        answers whether the two pickles load and nothing follows them
    {"files": DIRECTORY, "slices": N}
        answers what the runner of each of N slices of a queue would work on, in order
"""

import base64
import datetime
import json
import os
import pickle
import sys
import warnings
from types import SimpleNamespace

import mailman.core.switchboard as switchboard
import mailman.database.transaction as transaction
import mailman.runners.lmtp as lmtp
from mailman.config import config as real_config
from mailman.email.message import Message
from mailman.interfaces.domain import IDomainManager

warnings.simplefilter('ignore')
ROOT = sys.argv[1]


class PaperQueue:
    def __init__(self, name):
        self.queue = name
        self.entries = []

    def enqueue(self, msg, msgdata):
        self.entries.append((self.queue, msg, dict(msgdata)))


class PaperLists:
    names = ()

    def get_by_fqdn(self, name):
        return SimpleNamespace(list_id=name.replace('@', '.'))


class PaperConfig(SimpleNamespace):
    def take(self):
        """What has been enqueued since the last call."""
        entries = [entry for queue in self.switchboards.values() for entry in queue.entries]
        for queue in self.switchboards.values():
            queue.entries.clear()
        return entries


lists = PaperLists()
domains = []
config = PaperConfig(
    create_paths=False,
    QFILE_SCHEMA_VERSION=real_config.QFILE_SCHEMA_VERSION,
    db=SimpleNamespace(commit=lambda: None, abort=lambda: None),
    mta=SimpleNamespace(verp_delimiter='+'),
    mailman=SimpleNamespace(site_owner='site-owner@example.com'),
    switchboards={name: PaperQueue(name) for name in ('in', 'command', 'bounces')})
for module in (lmtp, transaction, switchboard):
    module.config = config
lmtp.getUtility = lambda interface: domains if interface is IDomainManager else lists
lmtp.now = datetime.datetime.utcnow
handler = lmtp.LMTPHandler()


def become(request):
    lists.names = request['lists']
    domains[:] = [
        SimpleNamespace(mail_host=mail_host, alias_domain=alias)
        for mail_host, alias in sorted(request['domains'])]
    config.mta.verp_delimiter = request['delimiter']
    return {}


def receive(content, mail_from, rcpt):
    """The reply at RCPT when it is a refusal, else the one after DATA, or the exception that is raised in its place."""
    envelope = SimpleNamespace(content=content, mail_from=mail_from, rcpt_tos=[], rcpt_options=[])
    status = handler._handle_RCPT(None, None, envelope, rcpt, [])
    if not envelope.rcpt_tos:
        return status
    try:
        return handler._handle_DATA(None, None, envelope)
    except Exception as error:
        return repr(error)


def recipient(request):
    status = receive(b'From: anne@example.com\r\n\r\n', 'anne@example.com', request['rcpt'])
    entries = config.take()
    if not status.startswith('250'):
        return None
    (queue, msg, msgdata), = entries
    return dict(queue=queue, listid=msgdata['listid'], subaddress=msgdata.get('subaddress'))


def load(path):
    # As Switchboard.dequeue does it.
    with open(path, 'rb') as fp:
        msg = pickle.load(fp)
        data = pickle.load(fp)
        rest = fp.read()
    if rest:
        raise ValueError('{} octets follow the pickles'.format(len(rest)))
    return msg, data


def described(value):
    """The value as JSON, with its type where JSON has none; all that makes two values different is in it."""
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, str):
        return value.encode('utf-8', 'surrogatepass').hex() if not value.isascii() else 'str ' + value
    if isinstance(value, bytes):
        return {'bytes': value.hex()}
    if isinstance(value, datetime.datetime):
        return {'datetime': value.isoformat(), 'zone': str(value.tzinfo)}
    if isinstance(value, (list, tuple)):
        return {type(value).__name__: [described(item) for item in value]}
    if isinstance(value, dict):
        return {'dict': sorted(([described(k), described(v)] for k, v in value.items()), key=str)}
    name = '{}.{}'.format(type(value).__module__, type(value).__qualname__)
    state = dict(vars(value))
    if isinstance(value, Exception):
        state['args'] = value.args
    return {name: described(state)}


def compare(request):
    lmtp.email.utils.make_msgid = lambda: request['messageId']
    lmtp.now = lambda: datetime.datetime.fromisoformat(request['receivedAt'])
    status = receive(base64.b64decode(request['content']), request['mailFrom'], request['rcpt'])
    answer = dict(status=status)
    for queue, msg, msgdata in config.take():
        directory = os.path.join(ROOT, queue)
        os.makedirs(directory, exist_ok=True)
        name = switchboard.Switchboard(queue, directory).enqueue(msg, msgdata)
        theirs = os.path.join(directory, name + '.pck')
        answer['queue'] = queue
        answer['mailman'] = [described(value) for value in load(theirs)]
        answer['ours'] = [described(value) for value in load(request['entry'])]
        os.unlink(theirs)
    return answer


def loads(request):
    try:
        msg, data = load(request['load'])
        return dict(good=type(msg) is Message, size=data['original_size'])
    except Exception as error:
        return dict(good=False, error=repr(error))


def files(request):
    slices = request['slices']
    return [
        switchboard.Switchboard('in', request['files'], number, slices).files
        for number in range(slices)]


def answer(request):
    if 'lists' in request:
        return become(request)
    if 'files' in request:
        return files(request)
    if 'load' in request:
        return loads(request)
    return compare(request) if 'content' in request else recipient(request)


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)

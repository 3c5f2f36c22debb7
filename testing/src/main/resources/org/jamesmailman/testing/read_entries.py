# SPDX-License-Identifier: Apache-2.0
"""Tells of queue entries what Mailman's runners find in them when they load them.

Reads requests from standard input, one a line: `whole` or `without-id`, a tab, the path of an entry. Answers each
with one line of JSON. With `without-id` the values of the message's own Message-ID and its hashes are left out, for
a message whose id was generated. `holds FILE` asks whether the entry is what the parser makes of the octets in FILE,
but for what the LMTP server adds to every message.
"""

import datetime
import email
import hashlib
import json
import pickle
import sys

from base64 import b32encode

# The class must be known before an entry is loaded, as it is in a runner.
from mailman.email.message import Message

LONGEST_SHOWN = 2000
ID_HEADERS = ('message-id', 'message-id-hash', 'x-message-id-hash')


def shown(value):
    """A value as JSON in which two values are equal just when they are equal in Python, types included."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, (str, bytes)):
        return shown_text(value)
    if isinstance(value, (list, tuple)):
        return {type(value).__name__: [shown(item) for item in value]}
    if isinstance(value, dict):
        return {'dict': sorted(([shown(k), shown(v)] for k, v in value.items()), key=repr)}
    if isinstance(value, datetime.datetime):
        return {'datetime': repr(value)}
    if isinstance(value, BaseException):
        return {qualified(value): [shown(value.args), shown(vars(value))]}
    return {qualified(value): {name: shown(item) for name, item in sorted(vars(value).items())}}


def shown_text(value):
    kind = '' if isinstance(value, str) else 'bytes '
    octets = value.encode('utf-8', 'surrogatepass') if isinstance(value, str) else value
    if len(octets) > LONGEST_SHOWN:
        return '{}of {} octets, sha256 {}'.format(kind, len(octets), hashlib.sha256(octets).hexdigest())
    return kind + ascii(value)


def qualified(value):
    return '{}.{}'.format(type(value).__module__, type(value).__qualname__)


def serialised(message):
    """What goes out in the end, or why it cannot."""
    try:
        return shown_text(message.as_bytes())
    except Exception as error:
        return 'not to be had: ' + repr(error)


def hash_of(message_id):
    bare = message_id[1:-1] if message_id.startswith('<') and message_id.endswith('>') else message_id
    return b32encode(hashlib.sha1(bare.encode('utf-8', 'surrogateescape')).digest()).decode('us-ascii')


def forget_id(message):
    """Replaces a generated id by whether it looks like one, and its hashes by whether they are its hashes."""
    message_id = str(message['message-id'])
    forgotten = {
        'message-id': 'generated' if message_id.startswith('<') and '@' in message_id else 'odd: ' + message_id,
        }
    for name in ID_HEADERS[1:]:
        forgotten[name] = 'its hash' if message[name] == hash_of(message_id) else 'not its hash'
    message._headers = [
        (name, forgotten.get(name.lower(), value)) for name, value in message._headers]


def described(path, without_id):
    with open(path, 'rb') as entry:
        message = pickle.load(entry)
        metadata = pickle.load(entry)
        rest = entry.read()
    if type(message) is not Message:
        return {'error': 'the message is a ' + qualified(message)}
    facts = {
        'unix_from': message.get_unixfrom() or '',
        'message_id': str(message.get('message-id', '')),
        'list_id': str(metadata.get('listid', '')),
        'received_time': str(metadata.get('received_time', '')).replace(' ', 'T'),
        'headers': ['{}: {}'.format(name, value) for name, value in message._headers],
        }
    if without_id:
        forget_id(message)
    received = metadata.get('received_time')
    if isinstance(received, datetime.datetime):
        metadata['received_time'] = 'a datetime, time zone {}'.format(received.tzinfo)
    state = {
        'message': shown(message),
        'serialised': serialised(message),
        'metadata': shown(metadata),
        'octets after the two pickles': len(rest),
        }
    facts['comparable'] = json.dumps(state, indent=1, sort_keys=True)
    return facts


def without_additions(message, adds_id):
    """A message without what the LMTP server adds; the client's own X-MailFrom headers stay."""
    added = ('message-id-hash', 'x-message-id-hash') + (('message-id',) if adds_id else ())
    message._headers = [(name, value) for name, value in message._headers if name.lower() not in added]
    vars(message).pop('original_size', None)
    message.set_unixfrom(None)
    return shown(message)


def holds(path, content):
    with open(path, 'rb') as entry:
        message = pickle.load(entry)
    with open(content, 'rb') as octets:
        expected = email.message_from_bytes(octets.read(), Message)
        size = octets.tell()
    adds_id = 'message-id' not in expected
    last_name, _ = message._headers.pop()
    return {
        'holds': last_name == 'X-MailFrom' and message.original_size == size
        and without_additions(message, adds_id) == without_additions(expected, adds_id),
        }


def main():
    sys.setrecursionlimit(10000)
    for line in sys.stdin:
        mode, _, path = line.rstrip('\n').partition('\t')
        try:
            if mode.startswith('holds '):
                answer = holds(path, mode[len('holds '):])
            else:
                answer = described(path, mode == 'without-id')
        except Exception as error:
            answer = {'error': repr(error)}
        print(json.dumps(answer), flush=True)


main()

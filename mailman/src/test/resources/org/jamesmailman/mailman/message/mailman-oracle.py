# SPDX-License-Identifier: Apache-2.0
"""Tells what Mailman's own classes make of messages, for the tests to compare.

Reads from standard input, again and again: the length of a message and the length of its reverse-path, each as four
octets, big-endian, then both. Answers each with one line of fields, separated by tabs:

    defects         Python's class names with commas between, each once; or "!" and the exception that the parser raised
    message id      "none", "good", or "crash" when add_message_hash raises
    header fields   one for each, as hexadecimal name:value with commas between
    senders         as hexadecimal UTF-8 with commas between; or "!" and the exception
    depth           "pickles" or "too-deep"
    boundary        of an outermost multipart, hexadecimal, "none" when absent
    sender fields   one for each header that names senders, with commas between: the decoded text, "/", what the
                    lenient getaddresses finds, "/", what the strict one finds; lists with "+" between; or "!"
    responses       the queues, with commas between, whose runners break on X-Ack or Precedence
    parts           how many there are within the message, on all levels
    levels          of parts within parts, the message being the first
    site defects    with commas between: broken-nested-part, bad-base64
"""

import email
import pickle
import re
import struct
import sys
import warnings
from types import SimpleNamespace

from email._encoded_words import decode_b
from email.header import decode_header, make_header
from email.utils import getaddresses

import mailman.email.message
from mailman.email.message import Message
from mailman.email.validate import Validator
from mailman.utilities.email import add_message_hash
from zope.component import provideUtility

warnings.simplefilter('ignore')
provideUtility(Validator())
mailman.email.message.config = SimpleNamespace(
    mailman=SimpleNamespace(sender_headers=sys.argv[1]))


def hexadecimal(text):
    return text.encode('utf-8', 'surrogatepass').hex()


def latin1(text):
    return text.encode('ascii', 'surrogateescape').hex()


def depth(msg):
    try:
        pickle.dumps(msg)
        return 'pickles'
    except RecursionError:
        return 'too-deep'


def message_id(msg):
    if msg['message-id'] is None:
        return 'none'
    try:
        add_message_hash(msg)
        return 'good'
    except Exception:
        return 'crash'


def senders(msg, reverse_path):
    msg.set_unixfrom(reverse_path.decode())
    try:
        return ','.join(hexadecimal(sender) for sender in msg.senders)
    except Exception as error:
        return '!' + type(error).__name__


def boundary(msg):
    value = msg.get_boundary() if msg.get_content_maintype() == 'multipart' else None
    return 'none' if value is None else hexadecimal(value)


def addresses(text, strict):
    found = getaddresses([re.sub('[\r\n]', '', text)], strict=strict)
    return '+'.join(hexadecimal(address) for name, address in found)


def sender_field(value):
    try:
        text = str(make_header(decode_header(value)))
    except Exception:
        return '!'
    return '/'.join([hexadecimal(text), addresses(text, False), addresses(text, True)])


def sender_fields(msg):
    return ','.join(sender_field(value)
                    for name, value in msg.items()
                    if name.lower() in sys.argv[1].split())


def raises(function):
    try:
        function()
        return False
    except Exception:
        return True


def responses(msg):
    # handlers/replybot.py and runners/command.py
    def post():
        if msg.get('x-ack', '').lower() != 'no':
            msg.get('precedence', '').lower()

    def command():
        msg.get('precedence', '').lower()
        msg.get('x-ack', '').lower()
    return ','.join(queue for queue, runner in (('in', post), ('command', command)) if raises(runner))


def levels(msg):
    return 1 + max((levels(part) for part in msg.get_payload()), default=0) if msg.is_multipart() else 1


def is_bad_base64(part):
    # As Message.get_payload(decode=True), but that blanks do not count (RFC 2045 6.8).
    encoding = str(part.get('content-transfer-encoding', '')).lower()
    if part.is_multipart() or encoding != 'base64' or part.get_content_maintype() in ('multipart', 'message'):
        return False
    payload = (part._payload or '').encode('ascii', 'surrogateescape')
    value, defects = decode_b(b''.join(re.sub(b'[ \t]', b'', payload).splitlines()))
    return bool(defects)


def site_defects(msg):
    parts = list(msg.walk())
    if any(part.defects for part in parts[1:]):
        yield 'broken-nested-part'
    if any(is_bad_base64(part) for part in parts):
        yield 'bad-base64'


def answer(content, reverse_path):
    try:
        msg = email.message_from_bytes(content, Message)
    except Exception as error:
        return '!' + type(error).__name__, '', '', '', '', '', '', '', '', '', ''
    defects = ','.join(dict.fromkeys(type(d).__name__ for d in msg.defects))
    fields = ','.join(latin1(name) + ':' + latin1(value) for name, value in msg.raw_items())
    texts = sender_fields(msg)
    found = senders(msg, reverse_path)
    parts = sum(1 for part in msg.walk()) - 1
    return (defects, message_id(msg), fields, found, depth(msg), boundary(msg), texts, responses(msg),
            str(parts), str(levels(msg)), ','.join(site_defects(msg)))


def main():
    source = sys.stdin.buffer
    while True:
        lengths = source.read(8)
        if len(lengths) < 8:
            return
        size, path_size = struct.unpack('>II', lengths)
        content = source.read(size)
        reverse_path = source.read(path_size)
        print('\t'.join(answer(content, reverse_path)), flush=True)


main()

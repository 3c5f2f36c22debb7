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
"""

import email
import pickle
import re
import struct
import sys
import warnings
from types import SimpleNamespace

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


def answer(content, reverse_path):
    try:
        msg = email.message_from_bytes(content, Message)
    except Exception as error:
        return '!' + type(error).__name__, '', '', '', '', '', ''
    defects = ','.join(dict.fromkeys(type(d).__name__ for d in msg.defects))
    fields = ','.join(latin1(name) + ':' + latin1(value) for name, value in msg.raw_items())
    texts = sender_fields(msg)
    found = senders(msg, reverse_path)
    return defects, message_id(msg), fields, found, depth(msg), boundary(msg), texts


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

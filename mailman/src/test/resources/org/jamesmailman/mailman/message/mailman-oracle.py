# SPDX-License-Identifier: Apache-2.0
"""Tells what Mailman's own classes make of messages, for the tests to compare.

Reads from standard input, again and again: the length of a message and the length of its reverse-path, each as four
octets, big-endian, then both. Answers each with one line of fields, separated by tabs:

    defects         Python's class names with commas between, each once; or "!" and the exception that the parser raised
    message id      "none", "good", or "crash" when add_message_hash raises
    header fields   one for each, as hexadecimal name:value with commas between
    senders         as hexadecimal UTF-8 with commas between; or "!" and the exception
    depth           "pickles" or "too-deep"
"""

import email
import pickle
import struct
import sys
import warnings
from types import SimpleNamespace

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


def answer(content, reverse_path):
    try:
        msg = email.message_from_bytes(content, Message)
    except Exception as error:
        return '!' + type(error).__name__, '', '', '', ''
    defects = ','.join(dict.fromkeys(type(d).__name__ for d in msg.defects))
    fields = ','.join(latin1(name) + ':' + latin1(value) for name, value in msg.raw_items())
    found = senders(msg, reverse_path)
    return defects, message_id(msg), fields, found, depth(msg)


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

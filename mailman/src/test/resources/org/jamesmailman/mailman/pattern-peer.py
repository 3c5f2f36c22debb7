# SPDX-License-Identifier: Apache-2.0
"""Python's own regular expressions.

Reads one JSON object a line, {"pattern": P, "texts": [T]}, and answers each with one: {"malformed": KIND} when Python
refuses the pattern, by re.error (KIND is "error") or by another exception ("other"), {"endless": true} when matching
takes it too long, else {"match": [...], "ignoring": [...], "search": [...]}: whether re.match finds each text, without
and with re.IGNORECASE, and whether re.search does with it.

An object {"literals": TEXT, "text": TEXT} is answered with {"found": [[INDEX]]}: for each character of the first text,
where re.IGNORECASE finds it in the second; {"categories": TEXT} with {"d": [...], "w": [...], "s": [...]}: whether each
character is a digit, of a word, a space.
"""

import json
import re
import signal
import sys
import warnings

SECONDS = 2

warnings.simplefilter('ignore')


class Endless(Exception):
    pass


def give_up(signum, frame):
    raise Endless


def matches(find, pattern, texts, flags):
    return [find(pattern, text, flags) is not None for text in texts]


def found(literals, text):
    return [[match.start() for match in re.finditer(re.escape(literal), text, re.IGNORECASE)] for literal in literals]


def categories(text):
    return {name: [re.match('\\' + name, character) is not None for character in text] for name in 'dws'}


def answer(pattern, texts):
    try:
        for flags in (0, re.IGNORECASE):
            re.compile(pattern, flags)
    except re.error:
        return dict(malformed='error')
    except Exception:
        # OverflowError or RecursionError
        return dict(malformed='other')
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        return dict(
            match=matches(re.match, pattern, texts, 0),
            ignoring=matches(re.match, pattern, texts, re.IGNORECASE),
            search=matches(re.search, pattern, texts, re.IGNORECASE))
    except Endless:
        return dict(endless=True)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


signal.signal(signal.SIGALRM, give_up)
for line in sys.stdin:
    request = json.loads(line)
    if 'categories' in request:
        reply = categories(request['categories'])
    elif 'literals' in request:
        reply = dict(found=found(request['literals'], request['text']))
    else:
        reply = answer(request['pattern'], request['texts'])
    print(json.dumps(reply), flush=True)

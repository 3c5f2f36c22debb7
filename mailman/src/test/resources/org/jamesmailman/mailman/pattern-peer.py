# SPDX-License-Identifier: Apache-2.0
"""Python's own regular expressions.

Reads one JSON object a line, {"pattern": P, "texts": [T]}, and answers each with one: {"malformed": true} when Python
refuses the pattern, {"endless": true} when matching takes it too long, else {"match": [...], "ignoring": [...]} with
what re.match finds in each text, without and with re.IGNORECASE.
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


def matches(pattern, texts, flags):
    return [re.match(pattern, text, flags) is not None for text in texts]


def answer(pattern, texts):
    try:
        for flags in (0, re.IGNORECASE):
            re.compile(pattern, flags)
    except Exception:
        # re.error, OverflowError or RecursionError: Mailman has no use for the pattern in any case.
        return dict(malformed=True)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        return dict(match=matches(pattern, texts, 0), ignoring=matches(pattern, texts, re.IGNORECASE))
    except Endless:
        return dict(endless=True)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


signal.signal(signal.SIGALRM, give_up)
for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps(answer(request['pattern'], request['texts'])), flush=True)

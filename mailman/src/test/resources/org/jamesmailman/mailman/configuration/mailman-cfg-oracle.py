# SPDX-License-Identifier: Apache-2.0
"""What Mailman itself reads out of a mailman.cfg.

Each line of standard input is a file's path; the answer is one line of fields in Base64, parted by tabs, or one that starts with an
exclamation mark when Mailman cannot use the file.
"""

import base64
import sys

from importlib_resources import read_text
from lazr.config import as_boolean
from mailman.config.config import Configuration
from mailman.utilities.string import expand
from zope.configuration import xmlconfig

import mailman.config

xmlconfig.string(read_text('mailman.config', 'configure.zcml'))


def fields(path):
    config = Configuration()
    config.create_paths = False
    config.load(path)
    # expand() asks the global configuration for the site owner.
    mailman.config.config._config = config._config
    yield config.mailman.site_owner
    yield ' '.join(h.lower() for h in config.mailman.sender_headers.split())
    yield config.mta.verp_delimiter
    yield '\n'.join(config.antispam.header_checks.splitlines())
    yield config.antispam.jump_chain
    yield str(any([as_boolean(s.enabled) for _, s in config.plugin_configs])).lower()
    yield config.QUEUE_DIR
    yield expand(getattr(config.runner, 'in').path, None, dict(config.paths, name='in'))
    yield expand(config.database.url, None, config.paths)


for line in sys.stdin:
    try:
        answer = '\t'.join(base64.b64encode(f.encode('utf-8')).decode('ascii') for f in fields(line.rstrip('\n')))
    except (Exception, SystemExit) as error:
        answer = '!' + repr(error).replace('\n', ' ')
    print(answer, flush=True)

#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Passes all tests: ./test.sh [more arguments for Maven]
# As root on Debian it installs what they start: Mailman, Postfix and the tools to look at what they did; services of
# these packages are not started. As another user it names what is missing, and stops.
set -eu
cd "$(dirname "$0")"

packages='mailman3 postfix python3 sqlite3 procps util-linux'

missing=
for package in $packages; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' || missing="$missing $package"
done

if [ -n "$missing" ]; then
    if [ "$(id -u)" -ne 0 ]; then
        echo "test.sh: these Debian packages are missing:$missing; install them, or run this as root" >&2
        exit 1
    fi
    echo "test.sh: installing$missing" >&2
    # 101 keeps Debian from starting a service that it has just installed (invoke-rc.d(8)).
    policy=/usr/sbin/policy-rc.d
    ours=
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' >"$policy"
        chmod 755 "$policy"
        ours=yes
    fi
    trap '[ -z "$ours" ] || rm -f "$policy"' EXIT
    export DEBIAN_FRONTEND=noninteractive
    echo 'postfix postfix/main_mailer_type select No configuration' | debconf-set-selections
    apt-get update -q >&2
    # shellcheck disable=SC2086 # several packages
    apt-get install -y -q --no-install-recommends $missing >&2
fi

if [ "$(id -u)" -ne 0 ]; then
    echo 'test.sh: the tests start Mailman and Postfix as users of their own: run this as root' >&2
    exit 1
fi

mvn -B verify "$@"

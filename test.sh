#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs every test and check: ./test.sh
# Runs what Maven is told to, with what the tests need installed: ./test.sh ARGUMENT ...
#
# The tests start servers of their own (Postfix, Mailman, PostgreSQL, MariaDB), in folders and on ports of their own;
# their programs come from Debian's packages, which root gets installed here, and others are told to install.
set -eu

cd "$(dirname "$0")"

packages="dovecot-lmtpd faketime fiu-utils libpython3.11-testsuite mailman3 mariadb-server postfix postgresql-15 procps python3 python3-psycopg2 python3-pymysql sqlite3 util-linux"
. ./packages.sh

fail() {
    echo "test.sh: $1" >&2
    exit 1
}

command -v mvn >/dev/null || fail 'Maven is needed: apt-get install maven'
# shellcheck disable=SC2086 # several packages
require_packages $packages
[ "$(id -u)" = 0 ] || fail "the tests start Postfix and Mailman under their own users: run this as root"

# Of this run alone.
find . -type d \( -name surefire-reports -o -name failsafe-reports \) -path '*/target/*' -prune -exec rm -rf {} +

mvn -B -ntp verify "$@"
[ $# -gt 0 ] || ./james-assembly/reproduce.sh

#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs every test and check: ./test.sh
# Runs what Maven is told to, with what the tests need installed: ./test.sh ARGUMENT ...
#
# The tests start servers of their own (Postfix, Mailman, PostgreSQL, MariaDB), in folders and on ports of their own;
# their programs come from Debian's packages, which root gets installed here, and others are told to install.
set -eu

cd "$(dirname "$0")"

packages="faketime fiu-utils libpython3.11-testsuite mailman3 mariadb-server postfix postgresql-15 procps python3 python3-psycopg2 python3-pymysql sqlite3 util-linux"
policy=/usr/sbin/policy-rc.d

fail() {
    echo "test.sh: $1" >&2
    exit 1
}

missing_packages() {
    for package in $packages; do
        case "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" in
            installed) ;;
            *) printf '%s ' "$package" ;;
        esac
    done
}

# Without the services, which the tests start themselves: 101 keeps Debian from starting them (invoke-rc.d(8)).
install_packages() {
    if [ ! -e "$policy" ]; then
        trap 'rm -f "$policy"' EXIT
        printf '#!/bin/sh\nexit 101\n' >"$policy"
        chmod 0755 "$policy"
    fi
    echo 'postfix postfix/main_mailer_type select No configuration' | debconf-set-selections
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    # shellcheck disable=SC2086 # several packages
    apt-get install -y -qq --no-install-recommends $1
}

command -v mvn >/dev/null || fail 'Maven is needed: apt-get install maven'
command -v dpkg-query >/dev/null || fail "the tests need Debian, with these packages: $packages"
missing=$(missing_packages)
if [ -n "$missing" ]; then
    [ "$(id -u)" = 0 ] || fail "the tests need these Debian packages: $missing(apt-get install --no-install-recommends $missing)"
    install_packages "$missing"
fi
[ "$(id -u)" = 0 ] || fail "the tests start Postfix and Mailman under their own users: run this as root"

# Of this run alone.
find . -type d \( -name surefire-reports -o -name failsafe-reports \) -path '*/target/*' -prune -exec rm -rf {} +

mvn -B -ntp verify "$@"
[ $# -gt 0 ] || ./james-assembly/reproduce.sh

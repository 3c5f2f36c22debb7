# SPDX-License-Identifier: Apache-2.0
# For scripts that want programs of Debian's packages; to be read with '.', not to be run.

policy=/usr/sbin/policy-rc.d

# Prints those of its arguments that are not installed.
missing_packages() {
    for package in "$@"; do
        case "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" in
            installed) ;;
            *) printf '%s ' "$package" ;;
        esac
    done
}

# Without the services, whose programs are started in folders of their own: 101 keeps Debian from starting them
# (invoke-rc.d(8)).
install_packages() {
    if [ ! -e "$policy" ]; then
        trap 'rm -f "$policy"' EXIT
        printf '#!/bin/sh\nexit 101\n' >"$policy"
        chmod 0755 "$policy"
    fi
    echo 'postfix postfix/main_mailer_type select No configuration' | debconf-set-selections
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends "$@"
}

# Installs those of its arguments that are missing, when it is root, and tells others to; ends the script when it
# cannot go on.
require_packages() {
    name=$(basename "$0")
    command -v dpkg-query >/dev/null || {
        echo "$name: needs Debian, with these packages: $*" >&2
        exit 1
    }
    missing=$(missing_packages "$@")
    [ -n "$missing" ] || return 0
    [ "$(id -u)" = 0 ] || {
        echo "$name: needs these Debian packages: $missing(apt-get install --no-install-recommends $missing)" >&2
        exit 1
    }
    # shellcheck disable=SC2086 # several packages
    install_packages $missing
}

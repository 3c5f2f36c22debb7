#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs James with the Mailman extension from this checkout, in the foreground: ./run.sh [--conf DIR]
# Explains what it would answer to a message, and why, without it: ./run.sh explain ... < message
#
# Builds first, when it has not been built or a source has changed since; says READY on standard output when mail is
# taken. Without --conf: conf/ here, and the queue under var/queue. Ends with 0 on SIGTERM and Ctrl-C.
set -eu

root=$(cd "$(dirname "$0")" && pwd -P)
rooms="mailman matchers mailets lmtp james-assembly/extension james-assembly/server"

fail() {
    echo "run.sh: $1" >&2
    exit 1
}

# The zip is the last that a build makes.
built() {
    for zip in "$root"/james-assembly/server/target/james-mailman-*.zip; do
        if [ -f "$zip" ]; then
            echo "$zip"
            return
        fi
    done
}

changed_since() {
    (
        cd "$root"
        for room in $rooms; do
            find "$room/pom.xml" "$room/src" ! -path '*/src/test/*' -newer "$1"
        done
        find pom.xml james-assembly/pom.xml -newer "$1"
    ) | head -n 1
}

build() {
    command -v mvn >/dev/null || fail 'Maven is needed to build: apt-get install maven'
    echo 'run.sh: building; the first time Maven loads what it needs, which takes some minutes' >&2
    # Neither quiet nor without its downloads: nobody waits for minutes without a sign of life.
    mvn -B -f "$root/pom.xml" -DskipTests -pl james-assembly/server -am package >&2 ||
        fail 'the build failed; what Maven says above tells why (it needs a JDK 21 or later below /usr/lib/jvm)'
}

zip=$(built)
if [ -z "$zip" ] || [ -n "$(changed_since "$zip")" ]; then
    build
    zip=$(built)
fi

export JAMES_MAILMAN_DIR="${JAMES_MAILMAN_DIR:-$root}"
command=run
if [ "${1:-}" = explain ]; then
    command=explain
    shift
fi
exec "${zip%.zip}/bin/james-mailman" "$command" "$@"

#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Starts James with the Mailman extension in the foreground: ./run.sh [--conf DIR]
# Builds on first use, and again when a source is newer than the build. Needs a JDK 17, a JDK 21 or later, and Maven.
# What the server writes lies in var/.
set -eu
cd "$(dirname "$0")"

distribution() {
    find james-assembly/server/target -maxdepth 2 -path '*/james-mailman-*/bin' -type d 2>/dev/null | head -n 1
}

# A file that ends a whole build; sources and poms newer than it ask for another.
built=james-assembly/server/target/built
is_stale() {
    [ ! -e "$built" ] || [ -z "$(distribution)" ] || [ -n "$(find pom.xml conf mailman matchers mailets lmtp james-assembly/extension \
        james-assembly/server -path '*/target' -prune -o -type f -newer "$built" -print 2>/dev/null | head -n 1)" ]
}

if is_stale; then
    echo 'run.sh: building; this takes some minutes the first time' >&2
    mvn -B -q -DskipTests package -pl james-assembly/server -am >&2 || {
        echo 'run.sh: the build failed; what it says stands above' >&2
        exit 1
    }
    touch "$built"
fi

# Paths in conf/ start here; so does --conf.
JAMES_MAILMAN_DIR=${JAMES_MAILMAN_DIR:-$(pwd)}
export JAMES_MAILMAN_DIR
exec "$(distribution)/james-mailman" run "$@"

#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Proves that a build can be repeated: builds this checkout again in another folder, at another time and in another time
# zone, and compares what is published, byte for byte. Build here first (mvn verify does). The umask must be the same:
# Maven's JARs keep the modes of the files that they are made of.
set -eu

cd "$(dirname "$0")/.."
here=$(pwd -P)

published() {
    ls james-assembly/extension/target/james-mailman-extension-*.jar james-assembly/server/target/james-mailman-*.zip
}

files=$(published) || {
    echo 'reproduce.sh: there is nothing to compare with: build first, by mvn verify' >&2
    exit 1
}

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
tar -cf - --exclude=target --exclude=.git --exclude=./var . | tar -xf - -C "$copy"

(
    cd "$copy"
    TZ=Pacific/Auckland LC_ALL=C mvn -B -q -ntp -DskipTests -pl james-assembly/server -am package
)

again=$(cd "$copy" && published)
[ "$files" = "$again" ] || {
    printf 'reproduce.sh: other files came out.\nHere:\n%s\nAgain:\n%s\n' "$files" "$again" >&2
    exit 1
}

differing=0
for file in $files; do
    if cmp "$here/$file" "$copy/$file" >&2; then
        echo "reproduce.sh: the same bytes again: $file"
    else
        echo "reproduce.sh: not the same bytes again: $file" >&2
        differing=1
    fi
done
exit "$differing"

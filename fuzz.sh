#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Fuzzes with Jazzer: ./fuzz.sh TARGET [MINUTES], by default 10
#
# TARGET is recipient, framer, mime or pickle. It starts from the inputs that the tests keep, and from what it found
# interesting in earlier runs (target/fuzz/TARGET/corpus). A finding ends it, and lies in target/fuzz/TARGET as crash-...:
# mend it, and put the file among the inputs of the tests.
set -eu

cd "$(dirname "$0")"

fail() {
    echo "fuzz.sh: $1" >&2
    exit 1
}

tests=src/test/resources/org/jamesmailman
case "${1:-}" in
    recipient) module=mailman class=mailman.address.RecipientFuzzTarget inputs=mailman/address/fuzz-inputs ;;
    framer) module=lmtp class=lmtp.framing.FramerFuzzTarget inputs=lmtp/framing/fuzz-inputs ;;
    mime) module=mailman class=mailman.message.MimeFuzzTarget inputs=mailman/message/fuzz-inputs ;;
    pickle) module=mailman class=mailman.queue.PickleFuzzTarget inputs=mailman/queue/fuzz-inputs ;;
    *) fail 'say which target: ./fuzz.sh recipient|framer|mime|pickle [MINUTES]' ;;
esac
case "${2:-10}" in
    '' | *[!0-9]*) fail "'$2' is no number of minutes" ;;
esac
root=$PWD
folder=$root/target/fuzz/$1
mkdir -p "$folder/corpus"

mvn -B -q -ntp -Pfuzz -pl "$module" -am test-compile dependency:build-classpath \
    -Dmdep.includeScope=test -Dmdep.outputFile=target/fuzz.classpath

cd "$folder"
exec java -Xmx1g \
    -cp "$root/$module/target/test-classes:$root/$module/target/classes:$(cat "$root/$module/target/fuzz.classpath")" \
    com.code_intelligence.jazzer.Jazzer \
    --target_class="org.jamesmailman.$class" \
    '--instrumentation_includes=org.jamesmailman.**' '--custom_hook_includes=org.jamesmailman.**' \
    -max_total_time=$((${2:-10} * 60)) -rss_limit_mb=0 -timeout=120 -max_len=8192 \
    corpus "$root/$module/$tests/$inputs"

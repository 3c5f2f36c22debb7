#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Measures our server under load beside Mailman's LMTP runner, a program for each message, Dovecot's LMTP server,
# Postfix's smtp-sink and the raw disk: benchmarks/lmtp.sh [--write] [--quick] [OPTION ...]
#
# Starts all of them, in folders and on ports of their own; their programs come from Debian's packages, which root gets
# installed here. Takes some twenty minutes, and prints the tables that docs/benchmarks.md has; with --write it puts
# them there. A wrong option has it tell all others.
set -eu

cd "$(dirname "$0")/.."
. ./packages.sh
require_packages dovecot-lmtpd mailman3 postfix python3 sqlite3 util-linux
[ "$(id -u)" = 0 ] || {
    echo "lmtp.sh: the servers run as users of their own: run this as root" >&2
    exit 1
}

mvn -B -q -ntp package -DskipTests -Dspotless.check.skip -pl james-assembly/server,benchmarks -am
for zip in james-assembly/server/target/james-mailman-*.zip; do
    distribution=$PWD/${zip%.zip}
done
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
exec "$java" -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -Dorg.slf4j.simpleLogger.defaultLogLevel=warn \
    "-Djamesmailman.distribution=$distribution" \
    "-Djamesmailman.docs=$PWD/docs" \
    -cp "benchmarks/target/classes:$(cat benchmarks/target/benchmarks.classpath)" \
    org.jamesmailman.benchmarks.lmtp.LmtpBenchmark "$@"

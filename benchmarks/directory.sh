#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Measures the directory of a large site:
# benchmarks/directory.sh [--source sqlite|postgresql|rest] [--lists N] [--members N] [--changes N]
#
# Makes a site with the real Mailman's code (root, and Debian's python3 and mailman3, as for ./test.sh), 10,000 lists of
# 100 members unless told otherwise, and prints the table that docs/benchmarks.md has. Takes some ten minutes.
set -eu

cd "$(dirname "$0")/.."
mvn -B -q -ntp test-compile -pl benchmarks -am -Dspotless.check.skip
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
exec "$java" --enable-native-access=ALL-UNNAMED -Dorg.slf4j.simpleLogger.defaultLogLevel=warn \
    -cp "benchmarks/target/classes:$(cat benchmarks/target/benchmarks.classpath)" \
    org.jamesmailman.benchmarks.directory.DirectoryBenchmark "$@"

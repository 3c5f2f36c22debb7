// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp.load;

/**
 * What the load client is to do.
 *
 * @param target the port of 127.0.0.1 of an LMTP server, or a directory to write to
 * @param sessions how many at once; threads, where it is the disk
 * @param keepsConnections whether a session has one connection for all its messages
 * @param size of a message, in octets
 * @param recipients of a message
 * @param lists how many lists there are to post to, and how many members each has
 */
public record LoadOrder(
        String target,
        int sessions,
        boolean keepsConnections,
        int size,
        int recipients,
        int lists,
        int membersOfEach,
        long warmUpMillis,
        long measuredMillis) {

    boolean isForDisk() {
        return target.startsWith("/");
    }

    static LoadOrder parse(String line) {
        String[] fields = line.split(" ", -1);
        return new LoadOrder(
                fields[0],
                Integer.parseInt(fields[1]),
                Boolean.parseBoolean(fields[2]),
                Integer.parseInt(fields[3]),
                Integer.parseInt(fields[4]),
                Integer.parseInt(fields[5]),
                Integer.parseInt(fields[6]),
                Long.parseLong(fields[7]),
                Long.parseLong(fields[8]));
    }

    String line() {
        return target + " " + sessions + " " + keepsConnections + " " + size + " " + recipients + " " + lists + " "
                + membersOfEach + " " + warmUpMillis + " " + measuredMillis;
    }
}

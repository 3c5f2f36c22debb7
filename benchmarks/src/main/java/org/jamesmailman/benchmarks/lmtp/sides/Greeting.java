// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp.sides;

import java.io.UncheckedIOException;
import org.jamesmailman.testing.WireClient;

/** Asks whether a server has started. */
final class Greeting {
    private Greeting() {}

    static boolean comesFrom(int port) {
        try (WireClient client = WireClient.connect(port)) {
            client.expect("220").send("QUIT").expect("221");
            return true;
        } catch (UncheckedIOException e) {
            return false;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e.conformance;

import static org.jamesmailman.e2e.conformance.Talk.POST;
import static org.jamesmailman.e2e.conformance.Talk.greeted;
import static org.jamesmailman.e2e.conformance.Talk.inMessage;

/**
 * What a server says that is told to end.
 *
 * @param toIdleClient to one that is connected, and silent
 * @param toSender to one whose message is under way, when it has come to its end
 */
record Stop(String toIdleClient, String toSender) {
    /** Has a server told to end in the middle of two conversations. */
    static Stop of(Server server, Runnable terminate) {
        String[] toSender = {""};
        String toIdleClient = greeted(idle -> {
                    toSender[0] = inMessage(sender -> {
                                sender.send(POST);
                                terminate.run();
                                return sender.send(".\r\n").reply();
                            })
                            .see(server);
                    return idle.replies(2);
                })
                .see(server);
        return new Stop(toIdleClient, toSender[0]);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.address;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What an address asks of a list beside being posted to, by Mailman's canonical names.
 *
 * <p>Source: {@code SUBADDRESS_NAMES} and {@code SUBADDRESS_QUEUES} in Mailman's {@code runners/lmtp.py}.
 */
public enum Subaddress {
    BOUNCES("bounces", "bounces"),
    CONFIRM("confirm", "command"),
    JOIN("join", "command"),
    LEAVE("leave", "command"),
    OWNER("owner", "in"),
    REQUEST("request", "command");

    private static final Map<String, Subaddress> BY_SUFFIX = suffixes();

    private final String canonicalName;
    private final String queue;

    Subaddress(String canonicalName, String queue) {
        this.canonicalName = canonicalName;
        this.queue = queue;
    }

    /** The name that Mailman writes into a queue entry's metadata, as {@code join} for a {@code -subscribe} address. */
    public String canonicalName() {
        return canonicalName;
    }

    /** The name of Mailman's queue that works on mail for this subaddress. */
    public String queue() {
        return queue;
    }

    /** The subaddress that a suffix names, aliases such as {@code subscribe} included; the suffix in lower case. */
    public static Optional<Subaddress> ofSuffix(String suffix) {
        return Optional.ofNullable(BY_SUFFIX.get(suffix));
    }

    private static Map<String, Subaddress> suffixes() {
        Map<String, Subaddress> all =
                Arrays.stream(values()).collect(Collectors.toMap(Subaddress::canonicalName, Function.identity()));
        all.put("subscribe", JOIN);
        all.put("unsubscribe", LEAVE);
        return Map.copyOf(all);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing.property;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropertyAttributes;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Lets a command choose what a property test tries: {@code -Dmailman.fidelity.seed} its seed, as a failure printed it,
 * and {@code -Dmailman.fidelity.times} how many times as much as usual. Stateless.
 */
public final class SettableSeed implements AroundPropertyHook {
    private static final String SEED = "mailman.fidelity.seed";
    private static final String TIMES = "mailman.fidelity.times";

    /** jqwik makes one. */
    public SettableSeed() {}

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        PropertyAttributes attributes = context.attributes();
        String seed = System.getProperty(SEED, "");
        if (!seed.isEmpty()) {
            attributes.setSeed(seed);
        }
        int times = Integer.getInteger(TIMES, 1);
        attributes.tries().ifPresent(tries -> attributes.setTries(tries * times));
        return property.execute();
    }
}

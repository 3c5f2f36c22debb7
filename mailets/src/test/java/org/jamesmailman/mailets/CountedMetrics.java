// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailets;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.TreeMap;
import org.apache.james.metrics.api.Metric;
import org.apache.james.metrics.api.MetricFactory;

/** James's metrics, of which the counters count. */
final class CountedMetrics {
    private final Map<String, Integer> counts = new TreeMap<>();

    /** How often each counter was counted up; one that never was is missing. */
    Map<String, Integer> counts() {
        return counts;
    }

    MetricFactory factory() {
        return proxy(MetricFactory.class, this::counter);
    }

    private Metric counter(String name) {
        return proxy(Metric.class, nothing -> counts.merge(name, 1, Integer::sum));
    }

    private static <T> T proxy(Class<T> type, Method1 method) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, called, arguments) -> {
                    Object result = method.call(arguments == null ? "" : (String) arguments[0]);
                    return called.getReturnType() == void.class ? null : result;
                }));
    }

    @FunctionalInterface
    private interface Method1 {
        Object call(String argument);
    }
}

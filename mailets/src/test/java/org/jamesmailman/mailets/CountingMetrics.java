// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailets;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.TreeMap;
import org.apache.james.metrics.api.Metric;
import org.apache.james.metrics.api.MetricFactory;

/** A mock of James's metrics, whose tests' artifact of 3.9 Maven Central does not have: it counts, and no more. */
final class CountingMetrics {
    private final Map<String, Integer> counts = new TreeMap<>();

    MetricFactory factory() {
        return proxy(MetricFactory.class, (name) -> proxy(Metric.class, nothing -> count(name)));
    }

    Map<String, Integer> counts() {
        return counts;
    }

    private Object count(String name) {
        return counts.merge(name, 1, Integer::sum) == 0;
    }

    private interface Called {
        Object with(String argument);
    }

    /** Of a factory, {@code generate} is called; of a metric, {@code increment}. */
    private static <T> T proxy(Class<T> type, Called called) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object result = called.with(arguments == null ? "" : (String) arguments[0]);
                    return method.getReturnType() == void.class ? null : result;
                }));
    }
}

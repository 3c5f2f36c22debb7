// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp.listener;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.tree.ImmutableNode;

/**
 * What may stand in {@code mailman-lmtp.xml}. James passes over what it does not know, and so a slip of the pen would
 * go unseen; here it stops the start.
 */
final class ListenerElements {
    private static final int DAY = 86_400;
    private static final int MANY = 1_000_000;

    private record Range(int least, int most) {}

    private static final Map<String, Range> NUMBERS = Map.ofEntries(
            Map.entry("connectionBacklog", new Range(1, 65_535)),
            Map.entry("connectiontimeout", new Range(1, DAY)),
            Map.entry("connectionLimit", new Range(0, MANY)),
            Map.entry("connectionLimitPerIP", new Range(0, MANY)),
            Map.entry("maxmessagesize", new Range(0, 1_048_576)),
            Map.entry("ioWorkerCount", new Range(1, 1_024)),
            Map.entry("bossWorkerCount", new Range(1, 64)),
            Map.entry("maxExecutorCount", new Range(1, 1_024)),
            Map.entry("messageQueueSize", new Range(1, MANY)),
            Map.entry("messageTimeout", new Range(1, DAY)),
            Map.entry("shutdownTimeout", new Range(0, DAY)));

    private static final Set<String> SWITCHES = Set.of("gracefulShutdown", "proxyRequired", "proxyFirst");
    private static final Set<String> TEXTS = Set.of("bind", "jmxName", "lmtpGreeting");

    /** Each element that has more in it: its attributes, and its elements. */
    private static final Map<String, Map.Entry<Set<String>, Set<String>>> STRUCTURES = Map.of(
            "helloName", Map.entry(Set.of("autodetect"), Set.of()),
            "handlerchain",
                    Map.entry(Set.of("coreHandlersPackage", "jmxHandlersPackage", "enableJmx"), Set.of("handler")),
            "tls",
                    Map.entry(
                            Set.of("socketTLS", "startTLS"),
                            Set.of(
                                    "keystore",
                                    "keystoreType",
                                    "secret",
                                    "privateKey",
                                    "certificates",
                                    "supportedProtocols",
                                    "supportedCipherSuites",
                                    "clientAuth",
                                    "enableOCSPCRLChecks",
                                    "provider",
                                    "algorithm")));

    private static final Set<String> ATTRIBUTES_THAT_SWITCH =
            Set.of("autodetect", "enableJmx", "socketTLS", "startTLS", "enabled");

    private static final Pattern ADDRESS = Pattern.compile("[^:\\s]+:[0-9]{1,5}");
    private static final int MAX_PORT = 65_535;

    private ListenerElements() {}

    /** @throws ListenerException when the file has something in it that is not known */
    static void checkFile(HierarchicalConfiguration<ImmutableNode> file) throws ListenerException {
        for (ImmutableNode child :
                file.getNodeModel().getNodeHandler().getRootNode().getChildren()) {
            if (!child.getNodeName().equals("lmtpserver")) {
                throw unknown(child.getNodeName(), "the file", Set.of("lmtpserver"));
            }
            check(child);
        }
    }

    private static void check(ImmutableNode server) throws ListenerException {
        checkAttributes(server, Set.of("enabled"));
        Set<String> seen = new HashSet<>();
        for (ImmutableNode element : server.getChildren()) {
            String name = element.getNodeName();
            if (!names().contains(name)) {
                throw unknown(name, "<lmtpserver>", names());
            }
            if (!seen.add(name)) {
                throw new ListenerException("mailman-lmtp.xml: <" + name + "> stands twice in an <lmtpserver>");
            }
            Map.Entry<Set<String>, Set<String>> structure =
                    STRUCTURES.getOrDefault(name, Map.entry(Set.of(), Set.of()));
            checkAttributes(element, structure.getKey());
            for (ImmutableNode inner : element.getChildren()) {
                if (!structure.getValue().contains(inner.getNodeName())) {
                    throw unknown(inner.getNodeName(), "<" + name + ">", structure.getValue());
                }
            }
            checkValue(name, value(element.getValue()));
        }
    }

    /** The elements of an {@code <lmtpserver>}. */
    static Set<String> names() {
        Set<String> names = new TreeSet<>(NUMBERS.keySet());
        names.addAll(SWITCHES);
        names.addAll(TEXTS);
        names.addAll(STRUCTURES.keySet());
        return names;
    }

    private static void checkAttributes(ImmutableNode element, Set<String> known) throws ListenerException {
        for (Map.Entry<String, Object> attribute : element.getAttributes().entrySet()) {
            String name = attribute.getKey();
            if (!known.contains(name)) {
                throw unknown(name + "=", "<" + element.getNodeName() + ">", known);
            }
            if (ATTRIBUTES_THAT_SWITCH.contains(name)) {
                checkSwitch(name + "= of <" + element.getNodeName() + ">", value(attribute.getValue()));
            }
        }
    }

    private static String value(Object value) {
        return value == null ? "" : value.toString().strip();
    }

    private static void checkValue(String name, String value) throws ListenerException {
        if (NUMBERS.containsKey(name)) {
            checkNumber(name, value, NUMBERS.get(name));
        } else if (SWITCHES.contains(name)) {
            checkSwitch("<" + name + ">", value);
        } else if (TEXTS.contains(name) && value.isEmpty()) {
            throw wrong("<" + name + ">", value, "write something into it, or take it out");
        } else if (name.equals("bind")) {
            for (String address : List.of(value.split(",", -1))) {
                checkAddress(address.strip());
            }
        }
    }

    private static void checkNumber(String name, String value, Range range) throws ListenerException {
        boolean isNumber = value.matches("[0-9]{1,9}");
        if (!isNumber || Integer.parseInt(value) < range.least() || Integer.parseInt(value) > range.most()) {
            throw wrong("<" + name + ">", value, "write a whole number from " + range.least() + " to " + range.most());
        }
    }

    private static void checkSwitch(String name, String value) throws ListenerException {
        if (!value.equals("true") && !value.equals("false")) {
            throw wrong(name, value, "write true or false");
        }
    }

    private static void checkAddress(String address) throws ListenerException {
        boolean isAddress = ADDRESS.matcher(address).matches()
                && Integer.parseInt(address.substring(address.indexOf(':') + 1)) <= MAX_PORT;
        if (!isAddress) {
            throw wrong("<bind>", address, "write HOST:PORT, as 127.0.0.1:8024");
        }
    }

    private static ListenerException wrong(String what, String value, String remedy) {
        return new ListenerException("mailman-lmtp.xml: " + what + " is '" + value + "': " + remedy);
    }

    private static ListenerException unknown(String name, String where, Set<String> known) {
        return new ListenerException("mailman-lmtp.xml: '" + name + "' in " + where + " is not known; known are "
                + String.join(", ", new TreeSet<>(known)));
    }
}

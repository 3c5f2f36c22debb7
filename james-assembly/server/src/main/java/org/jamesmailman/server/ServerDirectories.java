// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.james.filesystem.api.JamesDirectoriesProvider;

/**
 * Where the server finds its things: {@code file://conf/} and {@code file://var/} of James's configuration need not lie
 * in the folder that holds the JARs. All three are absolute.
 *
 * @param root what {@code working.directory} names: it holds {@code extensions-jars/}
 * @param conf James's configuration files, ours among them
 * @param var what the server writes
 */
record ServerDirectories(Path root, Path conf, Path var) implements JamesDirectoriesProvider {
    static final String USAGE = "usage: james-mailman run [--conf DIR]";

    /** Names the folder that the server writes to; {@code var} in the root when absent. */
    static final String VAR_VARIABLE = "JAMES_MAILMAN_VAR";

    /**
     * Takes the root from the property {@code working.directory}, the rest from the command line and the environment.
     *
     * @throws UsageException when an argument is unknown or lacks its value, or a folder that must be there is not
     */
    static ServerDirectories parse(String[] arguments, Map<String, String> environment, Properties properties)
            throws UsageException {
        Path root = Path.of(properties.getProperty("working.directory", "")).toAbsolutePath();
        Path conf = configuredConf(new ArrayDeque<>(List.of(arguments))).orElse(root.resolve("conf"));
        String var = environment.getOrDefault(VAR_VARIABLE, "");
        Path varDirectory = var.isEmpty() ? root.resolve("var") : Path.of(var);
        if (!Files.isDirectory(conf)) {
            throw new UsageException("there is no configuration folder " + conf
                    + ": copy the distribution's conf/ there, or name another by --conf DIR");
        }
        return new ServerDirectories(
                root.normalize(),
                conf.toAbsolutePath().normalize(),
                varDirectory.toAbsolutePath().normalize());
    }

    private static Optional<Path> configuredConf(Deque<String> arguments) throws UsageException {
        Optional<Path> conf = Optional.empty();
        while (!arguments.isEmpty()) {
            String argument = arguments.pop();
            if (!argument.equals("--conf")) {
                throw new UsageException("unknown argument '" + argument + "'; " + USAGE);
            }
            if (arguments.isEmpty()) {
                throw new UsageException("--conf needs a folder; " + USAGE);
            }
            conf = Optional.of(Path.of(arguments.pop()));
        }
        return conf;
    }

    @Override
    public String getAbsoluteDirectory() {
        return "/";
    }

    @Override
    public String getConfDirectory() {
        return conf + "/";
    }

    @Override
    public String getVarDirectory() {
        return var + "/";
    }

    @Override
    public String getRootDirectory() {
        return root.toString();
    }
}

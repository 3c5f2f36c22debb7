// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.james.filesystem.api.JamesDirectoriesProvider;

/**
 * Where the server finds its things. All three are absolute, and may be one and the same or far apart: a distribution
 * that is replaced at an upgrade, with an administrator's configuration and data elsewhere.
 *
 * @param home the distribution: holds {@code extensions-jars/}
 * @param working where relative paths start, James's and ours; {@code file://var/} lies in it
 * @param conf James's configuration files, ours among them: {@code file://conf/}
 */
public record ServerDirectories(Path home, Path working, Path conf) implements JamesDirectoriesProvider {
    static final String USAGE = "usage: james-mailman run [--conf DIR]";

    /** Names the distribution; the working directory when absent. */
    static final String HOME_PROPERTY = "james-mailman.home";

    /** As in James's own scripts; the current directory when absent. */
    public static final String WORKING_PROPERTY = "working.directory";

    /**
     * Takes the configuration from the command line, the rest from system properties.
     *
     * @throws UsageException when an argument is unknown or lacks its value, or there is no configuration
     */
    static ServerDirectories parse(String[] arguments, Properties properties) throws UsageException {
        Path working = absolute(Path.of(properties.getProperty(WORKING_PROPERTY, "")));
        Path home = absolute(Path.of(properties.getProperty(HOME_PROPERTY, working.toString())));
        Path conf = absolute(configured(new ArrayDeque<>(List.of(arguments))).orElseGet(() -> working.resolve("conf")));
        if (!Files.isDirectory(conf)) {
            throw new UsageException("there is no configuration folder " + conf
                    + ": copy the distribution's conf/ there, or name another by --conf DIR");
        }
        return new ServerDirectories(home, working, conf);
    }

    private static Optional<Path> configured(Deque<String> arguments) throws UsageException {
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

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
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
        return working.resolve("var") + "/";
    }

    @Override
    public String getRootDirectory() {
        return working.toString();
    }
}

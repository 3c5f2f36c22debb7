// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.james.server.core.filesystem.FileSystemImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerDirectoriesTest {
    @TempDir
    private Path root;

    private final Properties properties = new Properties();

    @BeforeEach
    void makeTheDistributionsFolders() throws IOException {
        Files.createDirectory(root.resolve("conf"));
        properties.setProperty("working.directory", root.toString());
    }

    @Test
    void liesInTheWorkingDirectoryByDefault() throws UsageException {
        ServerDirectories directories = parse();

        assertThat(directories).isEqualTo(new ServerDirectories(root, root.resolve("conf"), root.resolve("var")));
    }

    @Test
    void readsJamesConfigurationFromTheFolderGiven() throws Exception {
        Path conf = Files.createDirectories(root.resolve("elsewhere/conf"));

        ServerDirectories directories = parse("--conf", conf.toString());

        assertThat(new FileSystemImpl(directories).getFile("file://conf/lmtpserver.xml"))
                .isEqualTo(conf.resolve("lmtpserver.xml").toFile());
    }

    @Test
    void writesToTheFolderThatTheEnvironmentNames() throws Exception {
        Path var = root.resolve("elsewhere/var");

        ServerDirectories directories = parse(Map.of("JAMES_MAILMAN_VAR", var.toString()));

        assertThat(new FileSystemImpl(directories).getFile("file://var/queue"))
                .isEqualTo(var.resolve("queue").toFile());
    }

    @Test
    void findsExtensionsInTheWorkingDirectoryWhateverTheConfiguration() throws Exception {
        Path conf = Files.createDirectories(root.resolve("elsewhere/conf"));

        ServerDirectories directories = parse("--conf", conf.toString());

        assertThat(new FileSystemImpl(directories).getFile("file://extensions-jars/"))
                .isEqualTo(root.resolve("extensions-jars").toFile());
    }

    @Test
    void refusesAConfigurationFolderThatIsNotThere() {
        Path conf = root.resolve("nowhere");

        assertThatThrownBy(() -> parse("--conf", conf.toString()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(conf.toString())
                .hasMessageContaining("--conf DIR");
    }

    @Test
    void refusesAnArgumentThatItDoesNotKnow() {
        assertThatThrownBy(() -> parse("--config", "x"))
                .isInstanceOf(UsageException.class)
                .hasMessage("unknown argument '--config'; usage: james-mailman run [--conf DIR]");
    }

    @Test
    void refusesAnOptionWithoutItsValue() {
        assertThatThrownBy(() -> parse("--conf"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--conf needs a folder");
    }

    private ServerDirectories parse(String... arguments) throws UsageException {
        return ServerDirectories.parse(arguments, Map.of(), properties);
    }

    private ServerDirectories parse(Map<String, String> environment) throws UsageException {
        return ServerDirectories.parse(new String[0], environment, properties);
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
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

        assertThat(directories).isEqualTo(new ServerDirectories(root, root, root.resolve("conf")));
    }

    @Test
    void readsJamesConfigurationFromTheFolderGiven() throws Exception {
        Path conf = Files.createDirectories(root.resolve("elsewhere/conf"));

        ServerDirectories directories = parse("--conf", conf.toString());

        assertThat(new ServerFileSystem(directories).getFile("file://conf/lmtpserver.xml"))
                .isEqualTo(conf.resolve("lmtpserver.xml").toFile());
    }

    @Test
    void writesToTheWorkingDirectoryWhereverTheDistributionIs() throws Exception {
        properties.setProperty("james-mailman.home", root.resolve("elsewhere").toString());

        assertThat(new ServerFileSystem(parse()).getFile("file://var/queue"))
                .isEqualTo(root.resolve("var/queue").toFile());
    }

    @Test
    void takesRelativePathsFromTheWorkingDirectoryWhereverTheDistributionIs() throws Exception {
        properties.setProperty("james-mailman.home", root.resolve("elsewhere").toString());

        assertThat(new ServerFileSystem(parse()).getBasedir()).isEqualTo(root.toFile());
    }

    @Test
    void findsExtensionsInTheDistributionWhateverTheWorkingDirectory() throws Exception {
        Path home = root.resolve("elsewhere");
        properties.setProperty("james-mailman.home", home.toString());

        assertThat(new ServerFileSystem(parse()).getFile("file://extensions-jars/"))
                .isEqualTo(home.resolve("extensions-jars").toFile());
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
        return ServerDirectories.parse(arguments, properties);
    }
}

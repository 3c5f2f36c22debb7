// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The two drop-in JARs link against the James that each is for, and bundle nothing but our own classes.
 *
 * <p>Maven Central lacks some of James 3.9.0; their 3.8.1 stands in for them, and of what it offers we name no mail
 * type.
 */
class JarIT {
    private static final Path JAKARTA_JAR = Path.of(System.getProperty("jamesmailman.jakartaJar"));
    private static final Path JAVAX_JAR = Path.of(System.getProperty("jamesmailman.javaxJar"));
    private static final Path JAMES_38 =
            Path.of(System.getProperty("jamesmailman.distribution")).resolve("lib");
    private static final Path JAMES_39_LIBRARIES = Path.of(System.getProperty("jamesmailman.james39Libraries"));
    private static final Path ROOMS = Path.of(System.getProperty("jamesmailman.rooms"));
    private static final List<String> NOT_SERVED = List.of(
            "james-server-protocols-library",
            "james-server-protocols-lmtp",
            "james-server-protocols-smtp",
            "protocols-lmtp",
            "protocols-smtp");
    private static final List<String> MODULES =
            List.of("mailman", "matchers", "mailets", "lmtp", "james-assembly/extension");

    @Test
    void linksAgainstJames39() throws IOException {
        assertThat(broken(JAKARTA_JAR, james39())).isEmpty();
    }

    @Test
    void linksAgainstJames38() throws IOException {
        assertThat(broken(JAVAX_JAR, james38())).isEmpty();
    }

    @Test
    void wouldNoticeTheWrongJames() throws IOException {
        assertThat(broken(JAKARTA_JAR, james38())).anyMatch(reference -> reference.contains("jakarta/mail"));
        assertThat(broken(JAVAX_JAR, james39())).anyMatch(reference -> reference.contains("javax/mail"));
    }

    @Test
    void takesFromJames38OnlyWhatIsNotServedOfJames39() throws IOException {
        assertThat(james39())
                .extracting(path -> path.getFileName().toString())
                .filteredOn(name -> name.endsWith("-3.8.1.jar"))
                .extracting(name -> name.replace("-3.8.1.jar", ""))
                .containsExactlyInAnyOrderElementsOf(NOT_SERVED);
    }

    @Test
    void bundlesNothingButItself() throws IOException {
        for (Path jar : List.of(JAKARTA_JAR, JAVAX_JAR)) {
            try (JarFile file = new JarFile(jar.toFile())) {
                assertThat(file.stream().map(entry -> entry.getName()))
                        .allMatch(name -> "org/".equals(name)
                                || name.startsWith("org/jamesmailman/")
                                || name.startsWith("META-INF/"));
            }
        }
    }

    private static Iterable<String> broken(Path jar, List<Path> james) throws IOException {
        List<Path> all = new ArrayList<>(james);
        all.add(jar);
        URL[] urls = all.stream().map(JarIT::url).toArray(URL[]::new);
        try (URLClassLoader classpath = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
                JarFile file = new JarFile(jar.toFile())) {
            return new Links(classpath).broken(file);
        }
    }

    /**
     * What our modules are compiled against, but for one another; before it the libraries that they are compiled
     * against in the version of James 3.8, in that of James 3.9.
     */
    private static List<Path> james39() throws IOException {
        List<Path> all = new ArrayList<>(jars(JAMES_39_LIBRARIES));
        for (String module : MODULES) {
            String classpath = Files.readString(ROOMS.resolve(module).resolve("target/james39.classpath"));
            Stream.of(classpath.strip().split(File.pathSeparator))
                    .map(Path::of)
                    .filter(path -> !path.getFileName().toString().startsWith("james-mailman-"))
                    .forEach(all::add);
        }
        return all.stream().distinct().toList();
    }

    /** What the runnable server has below lib/. */
    private static List<Path> james38() throws IOException {
        return jars(JAMES_38);
    }

    private static List<Path> jars(Path folder) throws IOException {
        try (Stream<Path> jars = Files.list(folder)) {
            return jars.filter(path -> path.toString().endsWith(".jar")).toList();
        }
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }
}

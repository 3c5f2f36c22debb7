// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compiles a user of a library against one version of it, and links it against another. */
class LinksTest {
    private static final String LIBRARY = "public class Library { public String go(int n) { return \"\"; }"
            + " public static void stand() {} protected void keep() {} public int field; public Library() {} }";

    @TempDir
    private Path folder;

    @Test
    void isContentWithTheSameLibrary() throws Exception {
        String user = "class User extends Library { void use() { go(1); stand(); keep(); field = 2;"
                + " Runnable r = Library::stand; Runnable l = () -> go(field); new int[0].clone(); } }";

        assertThat(broken(user, LIBRARY, LIBRARY)).isEmpty();
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "public String go(int n)|public String go(long n)|use/User.use -> lib/Library.go(I)Ljava/lang/String; is not there",
                "public String go(int n)|public Object go(int n)|use/User.use -> lib/Library.go(I)Ljava/lang/String; is not there",
                "public String go(int n)|private String go(int n)|use/User.use -> lib/Library.go(I)Ljava/lang/String; may not be used from there",
                "public String go(int n)|String go(int n)|use/User.use -> lib/Library.go(I)Ljava/lang/String; may not be used from there",
                "public String go(int n)|public static String go(int n)|use/User.use -> lib/Library.go(I)Ljava/lang/String; is static",
                "public static void stand|public void stand|use/User.use -> lib/Library.stand()V is not static",
                "public int field|public long field|use/User.use -> lib/Library.fieldI is not there",
                "public Library()|private Library()|use/User.use -> lib/Library.<init>()V may not be used from there",
                "public class|class|use/User.use -> lib/Library may not be used from there"
            })
    void tellsWhatIsNoLongerAsItWas(String before, String after, String told) throws Exception {
        String user = "class User { void use() { new Library().go(new Library().field); Library.stand(); } }";

        assertThat(broken(user, LIBRARY, LIBRARY.replace(before, after))).contains(told);
    }

    @Test
    void tellsAClassThatIsGone() throws Exception {
        assertThat(broken("class User { Library library; }", LIBRARY, "public class Other {}"))
                .contains("use/User.library -> lib/Library is not there");
    }

    @Test
    void tellsAnAbstractMethodThatHasCome() throws Exception {
        assertThat(broken(
                        "class User implements Library { public void one() {} }",
                        "public interface Library { void one(); }",
                        "public interface Library { void one(); void two(); }"))
                .containsExactly("use/User -> two()V has no body");
    }

    @Test
    void isContentWithADefaultMethodThatHasCome() throws Exception {
        assertThat(broken(
                        "class User implements Library { public void one() {} }",
                        "public interface Library { void one(); }",
                        "public interface Library { void one(); default void two() {} }"))
                .isEmpty();
    }

    @Test
    void tellsALambdaThatIsNoLongerEnough() throws Exception {
        assertThat(broken(
                        "class User { Library library = () -> {}; }",
                        "public interface Library { void one(); }",
                        "public interface Library { void one(); void two(); }"))
                .containsExactly("use/User.<init> -> lib/Library asks for [one()V, two()V] of a lambda for one");
    }

    @Test
    void tellsAMethodReferenceThatLeadsNowhere() throws Exception {
        assertThat(broken(
                        "class User { Runnable library = Library::stand; }",
                        LIBRARY,
                        LIBRARY.replace("void stand", "void rest")))
                .containsExactly("use/User.<init> -> lib/Library.stand()V is not there");
    }

    @Test
    void tellsAnInterfaceThatBecameAClass() throws Exception {
        assertThat(broken(
                        "class User { void use(Library library) { library.one(); } }",
                        "public interface Library { void one(); }",
                        "public abstract class Library { public abstract void one(); }"))
                .containsExactly("use/User.use -> lib/Library is no interface");
    }

    @Test
    void tellsAParentThatBecameFinal() throws Exception {
        assertThat(broken(
                        "class User extends Library {}",
                        LIBRARY,
                        LIBRARY.replace("public class", "public final class")))
                .containsExactly("use/User -> lib/Library cannot be extended");
    }

    @Test
    void tellsAMethodThatBecameFinal() throws Exception {
        assertThat(broken(
                        "class User extends Library { @Override protected void keep() {} }",
                        LIBRARY,
                        LIBRARY.replace("protected void", "protected final void")))
                .containsExactly("use/User -> lib/Library has a final method that is replaced");
    }

    @Test
    void tellsAnAnnotationThatWouldBePassedOver() throws Exception {
        String annotation =
                "import java.lang.annotation.*; @Retention(RetentionPolicy.RUNTIME) public @interface Library {}";

        assertThat(broken("class User { @Library void use() {} }", annotation, "public class Other {}"))
                .containsExactly("use/User.use -> lib/Library is not there");
    }

    private Set<String> broken(String user, String compiledAgainst, String linkedAgainst) throws IOException {
        Path before = compile("before", "lib", compiledAgainst, List.of());
        Path after = compile("after", "lib", linkedAgainst, List.of());
        Path jar = jar(compile("user", "use", "import lib.*; " + user, List.of(before)));
        URL[] classpath = {jar.toUri().toURL(), after.toUri().toURL()};
        try (URLClassLoader classes = new URLClassLoader(classpath, ClassLoader.getPlatformClassLoader());
                JarFile file = new JarFile(jar.toFile())) {
            return new Links(classes).broken(file);
        }
    }

    private Path compile(String name, String packageName, String source, List<Path> classpath) throws IOException {
        Path classes = Files.createDirectories(folder.resolve(name));
        String className = source.replaceAll("(?s)^.*?(?:class|@?interface) (\\w+).*$", "$1");
        Path file = Files.writeString(
                Files.createDirectories(folder.resolve(name + "-source")).resolve(className + ".java"),
                "package " + packageName + "; " + source);
        List<String> arguments = Stream.of(
                        Stream.of("-d", classes.toString(), "-proc:none"),
                        classpath.stream().flatMap(path -> Stream.of("-classpath", path.toString())),
                        Stream.of(file.toString()))
                .flatMap(part -> part)
                .toList();
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, OutputStream.nullOutputStream(), arguments.toArray(String[]::new));
        assertThat(result).as("javac on %s", source).isZero();
        return classes;
    }

    private Path jar(Path classes) throws IOException {
        Path jar = folder.resolve("user.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
        return jar;
    }
}

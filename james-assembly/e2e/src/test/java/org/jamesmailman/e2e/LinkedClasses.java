// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;

/** The classes of a class path, and how the JVM finds a member in them and their parents. Used by one thread. */
final class LinkedClasses {
    /**
     * A method or a field that was found.
     *
     * @param owner the class that declares it
     * @param access its flags
     */
    record Member(LinkedClass owner, int access) {
        boolean is(int flag) {
            return LinkedClass.has(access, flag);
        }
    }

    private final ClassLoader classpath;
    private final Map<String, Optional<LinkedClass>> classes = new HashMap<>();

    LinkedClasses(ClassLoader classpath) {
        this.classpath = classpath;
    }

    Optional<LinkedClass> find(String name) {
        return classes.computeIfAbsent(name, this::read);
    }

    /** JVMS 5.4.3.3 and 5.4.3.4. */
    Optional<Member> method(LinkedClass owner, String nameAndDescriptor) {
        return member(owner, nameAndDescriptor, LinkedClass::methods);
    }

    /** JVMS 5.4.3.2. */
    Optional<Member> field(LinkedClass owner, String nameAndDescriptor) {
        return member(owner, nameAndDescriptor, LinkedClass::fields);
    }

    boolean isSubclass(LinkedClass sub, String ancestor) {
        return lineage(sub).anyMatch(type -> type.name().equals(ancestor));
    }

    /** The methods of these that the class inherits as abstract and finds no body for. */
    Set<String> withoutBody(LinkedClass type) {
        Set<String> missing = new TreeSet<>();
        ancestors(type).values().forEach(ancestor -> ancestor.methods().forEach((method, access) -> {
            if (LinkedClass.has(access, Opcodes.ACC_ABSTRACT) && !hasBody(type, method)) {
                missing.add(method);
            }
        }));
        return missing;
    }

    /** The parent's method of which the class has one of its own, though it is final. */
    Stream<Member> finalMethodsReplacedBy(LinkedClass type) {
        return type.methods().entrySet().stream()
                .filter(method -> !method.getKey().startsWith("<"))
                .filter(method -> !LinkedClass.has(method.getValue(), Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC))
                .flatMap(method -> lineage(type)
                        .skip(1)
                        .filter(parent -> parent.methods().containsKey(method.getKey()))
                        .map(parent -> new Member(parent, parent.methods().get(method.getKey()))))
                .filter(member -> member.is(Opcodes.ACC_FINAL) && !member.is(Opcodes.ACC_PRIVATE));
    }

    private boolean hasBody(LinkedClass type, String method) {
        return Stream.concat(lineage(type), ancestors(type).values().stream())
                .anyMatch(ancestor -> ancestor.methods().containsKey(method)
                        && !LinkedClass.has(ancestor.methods().get(method), Opcodes.ACC_ABSTRACT));
    }

    private Optional<Member> member(
            LinkedClass owner, String nameAndDescriptor, Function<LinkedClass, Map<String, Integer>> members) {
        // An interface's methods are called on objects, so Object's are there too.
        return Stream.of(lineage(owner), ancestors(owner).values().stream(), find("java/lang/Object").stream())
                .flatMap(Function.identity())
                .filter(type -> members.apply(type).containsKey(nameAndDescriptor))
                .findFirst()
                .map(type -> new Member(type, members.apply(type).get(nameAndDescriptor)));
    }

    /** The class, its parent, and so on. */
    private Stream<LinkedClass> lineage(LinkedClass type) {
        return Stream.iterate(Optional.of(type), Optional::isPresent, child -> child.get()
                        .parent()
                        .flatMap(this::find))
                .map(Optional::get);
    }

    /** The class and all that it extends or implements, however far, by name. */
    private Map<String, LinkedClass> ancestors(LinkedClass type) {
        Map<String, LinkedClass> found = new LinkedHashMap<>();
        collect(type, found);
        return found;
    }

    private void collect(LinkedClass type, Map<String, LinkedClass> found) {
        if (found.putIfAbsent(type.name(), type) == null) {
            Stream.concat(type.parent().stream(), type.interfaces().stream())
                    .map(this::find)
                    .flatMap(Optional::stream)
                    .forEach(ancestor -> collect(ancestor, found));
        }
    }

    private Optional<LinkedClass> read(String name) {
        try (InputStream in = classpath.getResourceAsStream(name + ".class")) {
            return in == null ? Optional.empty() : Optional.of(LinkedClass.of(new ClassReader(in)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

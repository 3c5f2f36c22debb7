// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.util.Enumeration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Follows every reference of a JAR's classes to a class, a method or a field, as the JVM would when it links them (JVMS
 * 5.4), and tells those that would fail: what is not there, what may not be seen, what is static here and not there, an
 * interface that became a class, an abstract method without a body. Used by one thread.
 */
final class Links {
    private final LinkedClasses classes;
    private final Set<String> broken = new TreeSet<>();

    /** @param classpath holds the JAR itself and everything that it may refer to */
    Links(ClassLoader classpath) {
        this.classes = new LinkedClasses(classpath);
    }

    /** The references of the JAR that lead nowhere, in words. */
    Set<String> broken(JarFile jar) throws IOException {
        for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
            JarEntry entry = entries.nextElement();
            if (entry.getName().endsWith(".class")) {
                try (InputStream in = jar.getInputStream(entry)) {
                    ClassReader reader = new ClassReader(in);
                    inheritance(LinkedClass.of(reader));
                    reader.accept(new References(reader.getClassName(), this), ClassReader.SKIP_DEBUG);
                }
            }
        }
        return Set.copyOf(broken);
    }

    /** A type of any kind, also an array's or a method's. */
    void type(String from, Type type) {
        switch (type.getSort()) {
            case Type.ARRAY -> type(from, type.getElementType());
            case Type.METHOD -> {
                type(from, type.getReturnType());
                Stream.of(type.getArgumentTypes()).forEach(argument -> type(from, argument));
            }
            case Type.OBJECT -> find(from, type.getInternalName());
            default -> {
                // int and the like are always there
            }
        }
    }

    void field(String from, String owner, String name, String descriptor, boolean isStatic) {
        type(from, Type.getType(descriptor));
        find(from, owner)
                .ifPresent(type ->
                        member(from, type, name + descriptor, isStatic, classes.field(type, name + descriptor)));
    }

    void method(String from, String owner, String name, String descriptor, boolean isStatic, boolean isInterface) {
        type(from, Type.getMethodType(descriptor));
        if (owner.startsWith("[")) {
            // Arrays have what Object has.
            type(from, Type.getObjectType(owner));
            return;
        }
        find(from, owner).filter(type -> !type.isSignaturePolymorphic()).ifPresent(type -> {
            if (type.isInterface() != isInterface) {
                tell(from, owner, isInterface ? "is no interface" : "is an interface");
            }
            member(from, type, name + descriptor, isStatic, classes.method(type, name + descriptor));
        });
    }

    /** A lambda or a method reference: the interface that it implements must ask for nothing else. */
    void lambda(String from, String interfaceName, String name, Type implemented) {
        find(from, interfaceName).ifPresent(type -> {
            Set<String> asked = classes.withoutBody(type);
            if (!asked.equals(Set.of(name + implemented.getDescriptor()))) {
                tell(from, interfaceName, "asks for " + asked + " of a lambda for " + name);
            }
        });
    }

    private void inheritance(LinkedClass type) {
        type.parent().flatMap(parent -> find(type.name(), parent)).ifPresent(parent -> {
            if (parent.isFinal() || parent.isInterface()) {
                tell(type.name(), parent.name(), "cannot be extended");
            }
        });
        type.interfaces().stream()
                .flatMap(name -> find(type.name(), name).stream())
                .filter(parent -> !parent.isInterface())
                .forEach(parent -> tell(type.name(), parent.name(), "is no interface"));
        classes.finalMethodsReplacedBy(type)
                .forEach(method -> tell(type.name(), method.owner().name(), "has a final method that is replaced"));
        if (!type.isAbstract()) {
            classes.withoutBody(type).forEach(method -> tell(type.name(), method, "has no body"));
        }
    }

    private void member(
            String from, LinkedClass owner, String member, boolean isStatic, Optional<LinkedClasses.Member> found) {
        String target = owner.name() + "." + member;
        if (found.isEmpty()) {
            tell(from, target, "is not there");
        } else if (found.get().is(Opcodes.ACC_STATIC) != isStatic) {
            tell(from, target, isStatic ? "is not static" : "is static");
        } else if (!isVisible(from, found.get())) {
            tell(from, target, "may not be used from there");
        }
    }

    /** JVMS 5.4.4; a nest is taken for what has the same outermost class. */
    private boolean isVisible(String from, LinkedClasses.Member member) {
        String user = from.substring(0, from.indexOf('.') < 0 ? from.length() : from.indexOf('.'));
        String owner = member.owner().name();
        if (member.is(Opcodes.ACC_PUBLIC)) {
            return true;
        }
        if (member.is(Opcodes.ACC_PRIVATE)) {
            return outermost(user).equals(outermost(owner));
        }
        boolean isInherited = member.is(Opcodes.ACC_PROTECTED)
                && classes.find(user).stream().anyMatch(type -> classes.isSubclass(type, owner));
        return isInherited || packageOf(user).equals(packageOf(owner));
    }

    private Optional<LinkedClass> find(String from, String name) {
        Optional<LinkedClass> found = classes.find(name);
        if (found.isEmpty()) {
            tell(from, name, "is not there");
        } else if (!LinkedClass.has(found.get().access(), Opcodes.ACC_PUBLIC)
                && !packageOf(from).equals(packageOf(name))) {
            tell(from, name, "may not be used from there");
        }
        return found;
    }

    private void tell(String from, String target, String trouble) {
        broken.add(from + " -> " + target + " " + trouble);
    }

    private static String outermost(String name) {
        int end = name.indexOf('$');
        return end < 0 ? name : name.substring(0, end);
    }

    private static String packageOf(String name) {
        int end = name.lastIndexOf('/');
        return end < 0 ? "" : name.substring(0, end);
    }
}

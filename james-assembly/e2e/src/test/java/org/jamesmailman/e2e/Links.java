// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Follows every reference of a JAR's classes to a class, a method or a field, as the JVM would when it links them (JVMS
 * 5.4.3), and tells those that lead nowhere. Used by one thread.
 */
final class Links {
    private final ClassLoader classpath;
    private final Map<String, Optional<Shape>> shapes = new HashMap<>();
    private final Set<String> broken = new TreeSet<>();

    /** @param classpath holds the JAR itself and everything that it may refer to */
    Links(ClassLoader classpath) {
        this.classpath = classpath;
    }

    /** The references of the JAR that lead nowhere, in words. */
    Set<String> broken(JarFile jar) throws IOException {
        for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
            JarEntry entry = entries.nextElement();
            if (entry.getName().endsWith(".class")) {
                try (InputStream in = jar.getInputStream(entry)) {
                    ClassReader reader = new ClassReader(in);
                    reader.accept(new References(reader.getClassName()), ClassReader.SKIP_DEBUG);
                }
            }
        }
        return Set.copyOf(broken);
    }

    private void type(String from, Type type) {
        Type element = type.getSort() == Type.ARRAY ? type.getElementType() : type;
        if (element.getSort() == Type.METHOD) {
            type(from, element.getReturnType());
            Stream.of(element.getArgumentTypes()).forEach(argument -> type(from, argument));
        } else if (element.getSort() == Type.OBJECT
                && shape(element.getInternalName()).isEmpty()) {
            broken.add(from + " -> " + element.getInternalName());
        }
    }

    private void member(String from, String owner, String name, String descriptor) {
        type(from, Type.getType(descriptor));
        if (owner.startsWith("[")) {
            return;
        }
        type(from, Type.getObjectType(owner));
        if (shape(owner).isPresent() && !has(owner, name + descriptor)) {
            broken.add(from + " -> " + owner + "." + name + descriptor);
        }
    }

    private boolean has(String owner, String member) {
        Optional<Shape> shape = shape(owner);
        return shape.isPresent()
                && (shape.get().members().contains(member)
                        || shape.get().isSignaturePolymorphic()
                        || shape.get().parents().stream().anyMatch(parent -> has(parent, member)));
    }

    private Optional<Shape> shape(String internalName) {
        return shapes.computeIfAbsent(internalName, this::read);
    }

    private Optional<Shape> read(String internalName) {
        try (InputStream in = classpath.getResourceAsStream(internalName + ".class")) {
            return in == null ? Optional.empty() : Optional.of(Shape.of(internalName, new ClassReader(in)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a class offers to others. */
    private record Shape(String name, Set<String> parents, Set<String> members) {
        static Shape of(String name, ClassReader reader) {
            Set<String> parents = new HashSet<>(Set.of(reader.getInterfaces()));
            Optional.ofNullable(reader.getSuperName()).ifPresent(parents::add);
            // An interface's methods are called on objects.
            parents.add("java/lang/Object");
            parents.remove(name);
            Set<String> members = new HashSet<>();
            reader.accept(
                    new ClassVisitor(Opcodes.ASM9) {
                        @Override
                        public MethodVisitor visitMethod(
                                int access, String method, String descriptor, String s, String[] e) {
                            members.add(method + descriptor);
                            return null;
                        }

                        @Override
                        public FieldVisitor visitField(
                                int access, String field, String descriptor, String s, Object v) {
                            members.add(field + descriptor);
                            return null;
                        }
                    },
                    ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            return new Shape(name, Set.copyOf(parents), Set.copyOf(members));
        }

        /** JVMS 2.9.3: these take any arguments. */
        boolean isSignaturePolymorphic() {
            return name.equals("java/lang/invoke/MethodHandle") || name.equals("java/lang/invoke/VarHandle");
        }
    }

    private final class References extends ClassVisitor {
        private final String from;

        References(String from) {
            super(Opcodes.ASM9);
            this.from = from;
        }

        @Override
        public void visit(
                int version, int access, String name, String signature, String superName, String[] interfaces) {
            type(from, Type.getObjectType(superName));
            Stream.of(interfaces).forEach(parent -> type(from, Type.getObjectType(parent)));
        }

        @Override
        public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
            type(from, Type.getType(descriptor));
            return null;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] thrown) {
            type(from, Type.getMethodType(descriptor));
            if (thrown != null) {
                Stream.of(thrown).forEach(exception -> type(from, Type.getObjectType(exception)));
            }
            return new Code(from + "." + name);
        }
    }

    private final class Code extends MethodVisitor {
        private final String from;

        Code(String from) {
            super(Opcodes.ASM9);
            this.from = from;
        }

        @Override
        public void visitTypeInsn(int opcode, String name) {
            type(from, Type.getObjectType(name));
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            member(from, owner, name, descriptor);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            member(from, owner, name, descriptor);
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            type(from, Type.getMethodType(descriptor));
            for (Object argument : arguments) {
                if (argument instanceof Handle handle) {
                    member(from, handle.getOwner(), handle.getName(), handle.getDesc());
                }
            }
        }

        @Override
        public void visitLdcInsn(Object value) {
            if (value instanceof Type type) {
                type(from, type);
            }
        }

        @Override
        public void visitTryCatchBlock(Label start, Label end, Label handler, String name) {
            if (name != null) {
                type(from, Type.getObjectType(name));
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * What a class file tells others of its class; names as in the class file.
 *
 * @param name {@code java/lang/Object}
 * @param access the flags that the JVM checks
 * @param parent empty for {@code Object} alone
 * @param interfaces those that it names itself
 * @param methods access flags by name and descriptor
 * @param fields access flags by name and descriptor
 */
record LinkedClass(
        String name,
        int access,
        Optional<String> parent,
        List<String> interfaces,
        Map<String, Integer> methods,
        Map<String, Integer> fields) {

    static LinkedClass of(ClassReader reader) {
        Map<String, Integer> methods = new HashMap<>();
        Map<String, Integer> fields = new HashMap<>();
        reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] thrown) {
                        methods.put(name + descriptor, access);
                        return null;
                    }

                    @Override
                    public FieldVisitor visitField(
                            int access, String name, String descriptor, String signature, Object value) {
                        fields.put(name + descriptor, access);
                        return null;
                    }
                },
                ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return new LinkedClass(
                reader.getClassName(),
                reader.getAccess(),
                Optional.ofNullable(reader.getSuperName()),
                List.of(reader.getInterfaces()),
                Map.copyOf(methods),
                Map.copyOf(fields));
    }

    boolean isInterface() {
        return has(access, Opcodes.ACC_INTERFACE);
    }

    boolean isAbstract() {
        return has(access, Opcodes.ACC_ABSTRACT);
    }

    boolean isFinal() {
        return has(access, Opcodes.ACC_FINAL);
    }

    /** JVMS 2.9.3: its native methods take any arguments. */
    boolean isSignaturePolymorphic() {
        return name.equals("java/lang/invoke/MethodHandle") || name.equals("java/lang/invoke/VarHandle");
    }

    static boolean has(int access, int flag) {
        return (access & flag) != 0;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e;

import java.util.Optional;
import java.util.stream.Stream;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Walks one class and gives {@link Links} what it refers to. Annotations that are there at run time count: the JVM
 * would pass over an {@code @Inject} of the wrong world, and James would inject nothing.
 */
final class References extends ClassVisitor {
    private static final String LAMBDAS = "java/lang/invoke/LambdaMetafactory";

    private final String from;
    private final Links links;

    References(String from, Links links) {
        super(Opcodes.ASM9);
        this.from = from;
        this.links = links;
    }

    @Override
    public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
        annotation(from, descriptor, visible);
        return null;
    }

    @Override
    public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
        String field = from + "." + name;
        links.type(field, Type.getType(descriptor));
        return new FieldVisitor(Opcodes.ASM9) {
            @Override
            public AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
                annotation(field, annotation, visible);
                return null;
            }
        };
    }

    @Override
    public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] thrown) {
        String method = from + "." + name;
        links.type(method, Type.getMethodType(descriptor));
        Optional.ofNullable(thrown).stream()
                .flatMap(Stream::of)
                .forEach(exception -> links.type(method, Type.getObjectType(exception)));
        return new Code(method);
    }

    private void annotation(String place, String descriptor, boolean visible) {
        if (visible) {
            links.type(place, Type.getType(descriptor));
        }
    }

    private final class Code extends MethodVisitor {
        private final String method;

        Code(String method) {
            super(Opcodes.ASM9);
            this.method = method;
        }

        @Override
        public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            annotation(method, descriptor, visible);
            return null;
        }

        @Override
        public AnnotationVisitor visitParameterAnnotation(int parameter, String descriptor, boolean visible) {
            annotation(method, descriptor, visible);
            return null;
        }

        @Override
        public void visitTypeInsn(int opcode, String name) {
            links.type(method, Type.getObjectType(name));
        }

        @Override
        public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
            links.type(method, Type.getType(descriptor));
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            boolean isStatic = opcode == Opcodes.GETSTATIC || opcode == Opcodes.PUTSTATIC;
            links.field(method, owner, name, descriptor, isStatic);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            links.method(method, owner, name, descriptor, opcode == Opcodes.INVOKESTATIC, isInterface);
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            links.type(method, Type.getMethodType(descriptor));
            constant(bootstrap);
            Stream.of(arguments).forEach(this::constant);
            if (bootstrap.getOwner().equals(LAMBDAS)) {
                links.lambda(method, Type.getReturnType(descriptor).getInternalName(), name, (Type) arguments[0]);
            }
        }

        @Override
        public void visitLdcInsn(Object value) {
            constant(value);
        }

        @Override
        public void visitTryCatchBlock(Label start, Label end, Label handler, String name) {
            if (name != null) {
                links.type(method, Type.getObjectType(name));
            }
        }

        private void constant(Object value) {
            if (value instanceof Type type) {
                links.type(method, type);
            } else if (value instanceof Handle handle) {
                handle(handle);
            } else if (value instanceof ConstantDynamic constant) {
                constant(constant.getBootstrapMethod());
            }
        }

        private void handle(Handle handle) {
            boolean isField = handle.getTag() <= Opcodes.H_PUTSTATIC;
            if (isField) {
                boolean isStatic = handle.getTag() == Opcodes.H_GETSTATIC || handle.getTag() == Opcodes.H_PUTSTATIC;
                links.field(method, handle.getOwner(), handle.getName(), handle.getDesc(), isStatic);
            } else {
                boolean isStatic = handle.getTag() == Opcodes.H_INVOKESTATIC;
                links.method(
                        method, handle.getOwner(), handle.getName(), handle.getDesc(), isStatic, handle.isInterface());
            }
        }
    }
}

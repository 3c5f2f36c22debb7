// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.queue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes the few opcodes of Python's pickle protocol 3 that a queue entry needs, into a growing buffer.
 *
 * <p>Source: {@code Lib/pickletools.py} of Python, which documents each opcode. Protocol 3 is read by every Python from
 * 3.0 on. Not thread-safe.
 */
final class Pickle {
    private static final byte PROTOCOL_3 = 3;

    private byte[] buffer = new byte[512];
    private int length;

    /** PROTO: the start of a pickle. */
    Pickle start() {
        return opcode(0x80).octet(PROTOCOL_3);
    }

    /** STOP: the end of a pickle, whose value is the top of the stack. */
    Pickle stop() {
        return opcode('.');
    }

    /** GLOBAL: pushes what a module calls by a name. */
    Pickle global(String module, String name) {
        return opcode('c').ascii(module).octet('\n').ascii(name).octet('\n');
    }

    /**
     * BINBYTES: announces so many octets, which must follow.
     *
     * @throws IllegalArgumentException when they are more than the opcode can say
     */
    Pickle bytesHeader(long size) {
        if (size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a message of " + size + " octets does not fit in a queue entry");
        }
        return opcode('B').littleEndian((int) size);
    }

    /** BINUNICODE. */
    Pickle text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return opcode('X').littleEndian(utf8.length).octets(utf8);
    }

    /** BININT: a signed number of four octets. */
    Pickle integer(int number) {
        return opcode('J').littleEndian(number);
    }

    /** NEWTRUE or NEWFALSE. */
    Pickle bool(boolean value) {
        return opcode(value ? 0x88 : 0x89);
    }

    /** TUPLE1, TUPLE2 or TUPLE3: the topmost values of the stack become a tuple. */
    Pickle tuple(int size) {
        return switch (size) {
            case 1 -> opcode(0x85);
            case 2 -> opcode(0x86);
            case 3 -> opcode(0x87);
            default -> throw new IllegalArgumentException("a tuple of " + size);
        };
    }

    /** MARK. */
    Pickle mark() {
        return opcode('(');
    }

    /** TUPLE: all values above the mark become a tuple. */
    Pickle tupleFromMark() {
        return opcode('t');
    }

    /** EMPTY_DICT. */
    Pickle emptyDict() {
        return opcode('}');
    }

    /** SETITEMS: the keys and values above the mark go into the dict below it. */
    Pickle setItems() {
        return opcode('u');
    }

    /** REDUCE: calls the function below the top of the stack with the tuple at its top. */
    Pickle call() {
        return opcode('R');
    }

    /** POP: drops the top of the stack. */
    Pickle pop() {
        return opcode('0');
    }

    /** BINPUT: remembers the top of the stack. */
    Pickle remember(int slot) {
        return opcode('q').octet(slot);
    }

    /** BINGET: pushes what was remembered. */
    Pickle recall(int slot) {
        return opcode('h').octet(slot);
    }

    /** What has been written so far, not copied. */
    ByteBuffer toBuffer() {
        return ByteBuffer.wrap(buffer, 0, length);
    }

    private Pickle opcode(int code) {
        return octet(code);
    }

    private Pickle octet(int octet) {
        room(1);
        buffer[length++] = (byte) octet;
        return this;
    }

    private Pickle littleEndian(int number) {
        room(Integer.BYTES);
        ByteBuffer.wrap(buffer, length, Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(number);
        length += Integer.BYTES;
        return this;
    }

    private Pickle ascii(String text) {
        return octets(text.getBytes(StandardCharsets.US_ASCII));
    }

    private Pickle octets(byte[] octets) {
        room(octets.length);
        System.arraycopy(octets, 0, buffer, length, octets.length);
        length += octets.length;
        return this;
    }

    private void room(int more) {
        if (buffer.length - length < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
        }
    }
}

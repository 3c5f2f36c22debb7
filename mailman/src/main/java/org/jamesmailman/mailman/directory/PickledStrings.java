// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a pickled list of strings, as Mailman's database holds them in {@code accept_these_nonmembers} and its three
 * sisters: a {@code list}, or a {@code sqlalchemy.ext.mutable.MutableList} made from one, in pickle protocols 2 to 5.
 *
 * <p>It knows the instructions that Python's picklers write for such a value and no others, calls nothing, and makes
 * nothing but strings and lists; whatever else it meets, or more than {@link #MAX_OCTETS}, is illegible to it. Source:
 * Python's {@code Lib/pickletools.py}.
 */
final class PickledStrings {
    /** The largest pickle that is read. */
    static final int MAX_OCTETS = 4 << 20;

    private static final String MUTABLE_LIST = "sqlalchemy.ext.mutable MutableList";
    private static final int MAX_MODULE_LENGTH = 200;
    private static final int MAX_STACK = 4_096;

    private static final Object MARK = new Object();

    /** Stands for the class, where Python would import it. */
    private static final Object MUTABLE_LIST_CLASS = new Object();

    private final ByteBuffer in;
    private final Deque<Object> stack = new ArrayDeque<>();
    private final Map<Integer, Object> memo = new HashMap<>();

    /** What MutableList is called with. */
    private record OneTuple(List<Object> element) {}

    private static final class IllegibleException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private PickledStrings(byte[] pickle) {
        this.in = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The strings, or empty when the pickle holds, or may hold, anything else. */
    static Optional<List<String>> read(byte[] pickle) {
        if (pickle.length > MAX_OCTETS) {
            return Optional.empty();
        }
        try {
            return Optional.of(new PickledStrings(pickle).run());
        } catch (IllegibleException | CharacterCodingException | BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private List<String> run() throws IllegibleException, CharacterCodingException {
        while (true) {
            int instruction = in.get() & 0xff;
            if (instruction == '.') {
                return result();
            }
            if (!isFraming(instruction) && !isMemo(instruction)) {
                step(instruction);
            }
            check(stack.size() <= MAX_STACK);
        }
    }

    private List<String> result() throws IllegibleException {
        List<Object> elements = list(pop());
        check(stack.isEmpty() && !in.hasRemaining());
        List<String> strings = new ArrayList<>(elements.size());
        for (Object element : elements) {
            strings.add(string(element));
        }
        return strings;
    }

    private boolean isFraming(int instruction) throws IllegibleException {
        switch (instruction) {
            case 0x80 -> check(in.get() <= 5); // PROTO
            case 0x95 -> check(in.getLong() >= 0); // FRAME: only a hint for reading ahead
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean isMemo(int instruction) throws IllegibleException {
        switch (instruction) {
            case 0x94 -> memo.put(memo.size(), top()); // MEMOIZE
            case 'q' -> memo.put(in.get() & 0xff, top()); // BINPUT
            case 'r' -> memo.put(in.getInt(), top()); // LONG_BINPUT
            case 'h' -> stack.push(memorised(in.get() & 0xff)); // BINGET
            case 'j' -> stack.push(memorised(in.getInt())); // LONG_BINGET
            default -> {
                return false;
            }
        }
        return true;
    }

    private void step(int instruction) throws IllegibleException, CharacterCodingException {
        switch (instruction) {
            case ']' -> stack.push(new ArrayList<>()); // EMPTY_LIST
            case '(' -> stack.push(MARK); // MARK
            case 'a' -> append(pop()); // APPEND
            case 'e' -> appendFromMark(); // APPENDS
            case 0x8c -> stack.push(text(in.get() & 0xff)); // SHORT_BINUNICODE
            case 'X' -> stack.push(text(in.getInt() & 0xffffffffL)); // BINUNICODE
            case 0x8d -> stack.push(text(in.getLong())); // BINUNICODE8
            case 'c' -> pushClass(line() + ' ' + line()); // GLOBAL
            case 0x93 -> stackGlobal();
            case 0x85 -> stack.push(new OneTuple(list(pop()))); // TUPLE1
            case 'R' -> reduce();
            default -> throw new IllegibleException();
        }
    }

    private void append(Object element) throws IllegibleException {
        List<Object> list = list(top());
        // A list in itself, or in another: no list of strings is built that way.
        list.add(string(element));
    }

    private void appendFromMark() throws IllegibleException {
        Deque<Object> elements = new ArrayDeque<>();
        for (Object element = pop(); element != MARK; element = pop()) {
            elements.push(element);
        }
        for (Object element : elements) {
            append(element);
        }
    }

    private void stackGlobal() throws IllegibleException {
        String name = string(pop());
        pushClass(string(pop()) + ' ' + name);
    }

    private void pushClass(String name) throws IllegibleException {
        check(name.equals(MUTABLE_LIST));
        stack.push(MUTABLE_LIST_CLASS);
    }

    private void reduce() throws IllegibleException {
        Object arguments = pop();
        check(arguments instanceof OneTuple && pop() == MUTABLE_LIST_CLASS);
        stack.push(((OneTuple) arguments).element());
    }

    private String text(long length) throws IllegibleException, CharacterCodingException {
        check(length >= 0 && length <= in.remaining());
        ByteBuffer octets = in.slice().limit((int) length);
        in.position(in.position() + (int) length);
        return StandardCharsets.UTF_8.newDecoder().decode(octets).toString();
    }

    private String line() throws IllegibleException {
        StringBuilder line = new StringBuilder();
        for (byte octet = in.get(); octet != '\n'; octet = in.get()) {
            check(line.length() < MAX_MODULE_LENGTH);
            line.append((char) (octet & 0xff));
        }
        return line.toString();
    }

    private Object top() throws IllegibleException {
        check(!stack.isEmpty() && stack.peek() != MARK);
        return stack.element();
    }

    private Object pop() throws IllegibleException {
        check(!stack.isEmpty());
        return stack.pop();
    }

    private Object memorised(int number) throws IllegibleException {
        check(memo.containsKey(number));
        return memo.get(number);
    }

    private static String string(Object value) throws IllegibleException {
        check(value instanceof String);
        return (String) value;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object value) throws IllegibleException {
        check(value instanceof List);
        return (List<Object>) value;
    }

    private static void check(boolean legible) throws IllegibleException {
        if (!legible) {
            throw new IllegibleException();
        }
    }
}

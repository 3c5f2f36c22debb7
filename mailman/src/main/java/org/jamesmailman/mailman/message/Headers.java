// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.util.List;
import java.util.Optional;

/**
 * The header of the outermost message: the fields that Mailman will see, in order. Lines that Python ignores (those
 * behind a {@link MimeDefect}) are not among them. Immutable.
 */
public final class Headers {
    private final List<HeaderField> fields;
    private final boolean complete;

    /**
     * @param fields in the order of the message
     * @param complete see {@link #isComplete()}
     */
    public Headers(List<HeaderField> fields, boolean complete) {
        this.fields = List.copyOf(fields);
        this.complete = complete;
    }

    /** All fields, in order. */
    public List<HeaderField> fields() {
        return fields;
    }

    /** Whether this is the whole header; false when it was larger than {@link MimeLimits} allow and has been cut. */
    public boolean isComplete() {
        return complete;
    }

    /** Whether there is such a field; the case of the name does not matter. */
    public boolean contains(String name) {
        return first(name).isPresent();
    }

    /** The first field of this name, the one that Mailman reads where it reads one. */
    public Optional<HeaderField> first(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** The values of all fields of this name, in order, each as {@link HeaderField#value()}. */
    public List<String> values(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(HeaderField::value)
                .toList();
    }
}

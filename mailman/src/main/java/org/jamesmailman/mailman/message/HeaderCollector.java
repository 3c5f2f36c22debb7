// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Keeps the fields of the outermost header, within the limits. */
final class HeaderCollector implements Consumer<FieldBuffer> {
    private final List<HeaderField> fields = new ArrayList<>();
    private final int maxFields;
    private int octetsLeft;
    private boolean complete = true;

    HeaderCollector(MimeLimits limits) {
        this.maxFields = limits.headerFields();
        this.octetsLeft = limits.headerOctets();
    }

    @Override
    public void accept(FieldBuffer field) {
        // Once a field is left out, so are those behind it: what is kept is a beginning, not a selection.
        complete &= !field.isCut() && field.length() <= octetsLeft && fields.size() < maxFields;
        if (complete) {
            octetsLeft -= field.length();
            fields.add(field.field());
        }
    }

    Headers headers() {
        return new Headers(fields, complete);
    }
}

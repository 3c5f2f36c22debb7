// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import java.util.List;
import java.util.Locale;
import org.jamesmailman.mailman.message.Headers;

/** The values of a message's {@code List-Post} fields as Mailman's {@code rules/loop.py} compares them. */
final class ListPosts {
    private ListPosts() {}

    static List<String> of(Headers headers) {
        return headers.values("list-post").stream()
                .map(value -> value.strip().toLowerCase(Locale.ROOT))
                .toList();
    }
}

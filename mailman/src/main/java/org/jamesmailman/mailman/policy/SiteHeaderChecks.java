// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.policy;

import java.util.ArrayList;
import java.util.List;
import org.jamesmailman.mailman.message.PythonText;

/**
 * The lines of {@code [antispam] header_checks}. Source: {@code get_links} in Mailman's {@code chains/headers.py}.
 *
 * @param entries those that count
 */
record SiteHeaderChecks(List<Entry> entries) {
    /**
     * One check.
     *
     * @param line its number from 0, those that do not count counted
     * @param header what stands before the colon, with its blanks: with one at the end it never matches
     */
    record Entry(int line, String header, String pattern) {}

    static SiteHeaderChecks of(List<String> lines) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            int colon = line.indexOf(':');
            // A line without a colon is noted in Mailman's log and skipped.
            if (colon >= 0) {
                entries.add(new Entry(i, line.substring(0, colon), PythonText.stripLeading(line.substring(colon + 1))));
            }
        }
        return new SiteHeaderChecks(List.copyOf(entries));
    }
}

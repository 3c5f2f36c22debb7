// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailets;

import jakarta.mail.MessagingException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jamesmailman.mailman.message.NamedDefect;
import org.jamesmailman.mailman.message.SiteDefect;

/**
 * The parameter {@code defects} of {@link RejectMalformedMime}: what a site wants done about which defect. Immutable.
 */
final class DefectActions {
    private final Map<String, DefectAction> byName;

    private DefectActions(Map<String, DefectAction> byName) {
        this.byName = Map.copyOf(byName);
    }

    /**
     * Reads {@code NAME:ACTION} pairs with commas between.
     *
     * @throws MessagingException when a name or an action is not known
     */
    static DefectActions parse(String text) throws MessagingException {
        Map<String, DefectAction> byName = new LinkedHashMap<>();
        for (String pair : text.split(",", -1)) {
            if (pair.isBlank()) {
                continue;
            }
            String[] words = pair.strip().split("\\s*:\\s*", 2);
            String name = words[0];
            checkName(name);
            DefectAction action = DefectAction.named(words.length < 2 ? "" : words[1])
                    .orElseThrow(() -> new MessagingException("The parameter defects of RejectMalformedMime says '"
                            + pair.strip() + "': write " + name + ":refuse or " + name + ":observe"));
            if (byName.put(name, action) != null) {
                throw new MessagingException(
                        "The parameter defects of RejectMalformedMime names " + name + " twice: leave one out");
            }
        }
        return new DefectActions(byName);
    }

    private static void checkName(String name) throws MessagingException {
        for (NamedDefect defect : NamedDefect.all()) {
            if (defect.defectName().equals(name)) {
                if (!defect.isTakenByLmtpRunner()) {
                    throw new MessagingException("The parameter defects of RejectMalformedMime names " + name
                            + ", which is always refused, as Mailman's LMTP runner refuses it: leave it out");
                }
                return;
            }
        }
        throw new MessagingException("The parameter defects of RejectMalformedMime names '" + name
                + "', which is no defect. It knows: "
                + NamedDefect.all().stream()
                        .filter(NamedDefect::isTakenByLmtpRunner)
                        .map(NamedDefect::defectName)
                        .collect(Collectors.joining(", ")));
    }

    /** What to look for beyond what Mailman refuses or breaks on. */
    Set<SiteDefect> siteDefects() {
        Set<SiteDefect> defects = EnumSet.noneOf(SiteDefect.class);
        for (SiteDefect defect : SiteDefect.values()) {
            if (byName.containsKey(defect.defectName())) {
                defects.add(defect);
            }
        }
        return defects;
    }

    /** What becomes of a message with this defect; what the site has not named is refused. */
    DefectAction of(NamedDefect defect) {
        return byName.getOrDefault(defect.defectName(), DefectAction.REFUSE);
    }
}

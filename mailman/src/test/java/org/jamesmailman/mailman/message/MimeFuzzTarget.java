// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Random;

/**
 * For {@code fuzz.sh mime}: what we tell of any octets is what Mailman's own classes say, and does not depend on the
 * pieces in which they come.
 */
public final class MimeFuzzTarget {
    private static final SiteChecks ALL = new SiteChecks(EnumSet.allOf(SiteDefect.class), 3, 3, 5);
    private static final MailmanOracle MAILMAN = MailmanOracle.start(MailmanAgreement.SENDER_HEADERS);

    private MimeFuzzTarget() {}

    /** Jazzer calls this. */
    public static void fuzzerTestOneInput(byte[] octets) throws IOException {
        check(MAILMAN, octets);
    }

    static void check(MailmanOracle mailman, byte[] octets) throws IOException {
        // The same input must take the same way each time.
        Random random = new Random(octets.length);
        new MailmanAgreement(mailman, random).check(octets, "input");

        MimeAnalysis whole = new MimeAnalyzer().analyze(new HeapMessage(octets), ALL);
        MimeAnalysis dribbled = new MimeAnalyzer().analyze(new Dribble(octets, random), ALL);
        assertThat(dribbled.siteDefects()).isEqualTo(whole.siteDefects());
        MimeAnalysis plain = new MimeAnalyzer().analyze(new HeapMessage(octets));
        assertThat(whole.defects()).isEqualTo(plain.defects());
        assertThat(whole.hazards()).isEqualTo(plain.hazards());
        assertThat(whole.headers().fields()).isEqualTo(plain.headers().fields());
    }
}

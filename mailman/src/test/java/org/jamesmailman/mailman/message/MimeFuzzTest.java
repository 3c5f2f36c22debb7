// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.io.IOException;
import java.util.stream.Stream;
import org.jamesmailman.mailman.FuzzInputs;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What {@code fuzz.sh mime} has found, and what it starts from. */
class MimeFuzzTest {
    private static MailmanOracle mailman;

    @BeforeAll
    static void startMailman() {
        mailman = MailmanOracle.start(MailmanAgreement.SENDER_HEADERS);
    }

    @AfterAll
    static void stopMailman() throws IOException {
        mailman.close();
    }

    @TestFactory
    Stream<DynamicTest> agreesWithMailmanOnInput() {
        return FuzzInputs.of(getClass(), "fuzz-inputs", octets -> MimeFuzzTarget.check(mailman, octets));
    }
}

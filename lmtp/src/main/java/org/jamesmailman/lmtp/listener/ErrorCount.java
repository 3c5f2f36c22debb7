// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp.listener;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.james.protocols.api.Response;

/** Counts the commands of one client that no LMTP client sends. Used by one thread. */
final class ErrorCount {
    /** As Postfix has it ({@code smtpd_hard_error_limit}). */
    private static final int LIMIT = 20;

    /**
     * Unknown, malformed, out of order: RFC 5321 4.2.2. What is refused for what it asks is no error of the client's.
     */
    private static final Set<String> CODES = Set.of("500", "501", "502", "503", "504", "555");

    private int errors;

    /** Whether this is one too many. */
    boolean isTooMany(byte[] line, Response response) {
        // A client that pipelines (RFC 2920) sends all its RCPTs behind a MAIL that we have refused.
        return CODES.contains(response.getRetCode()) && !isRcpt(line) && isTooMany();
    }

    /** Counts an error, and says whether it is one too many. */
    boolean isTooMany() {
        errors++;
        return errors > LIMIT;
    }

    private static boolean isRcpt(byte[] line) {
        return line.length >= 4 && new String(line, 0, 4, StandardCharsets.US_ASCII).equalsIgnoreCase("RCPT");
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Tells of a message what Mailman's LMTP runner would find wrong with it, by the rules of Python 3.11's
 * {@code email.feedparser} (policy {@code compat32}), in one pass over the bytes with bounded memory and no recursion.
 * Thread-safe.
 */
public final class MimeAnalyzer {
    private final MimeLimits limits;

    public MimeAnalyzer(MimeLimits limits) {
        this.limits = limits;
    }

    /** With {@link MimeLimits#DEFAULTS}. */
    public MimeAnalyzer() {
        this(MimeLimits.DEFAULTS);
    }

    /**
     * Reads the message from its start, and no further than the last line that can matter.
     *
     * @throws IOException when the message cannot be read
     */
    public MimeAnalysis analyze(WireMessage message) throws IOException {
        try (InputStream in = message.openStream()) {
            LineReader lines = new LineReader(in, message.size(), limits.lineOctets());
            StructureParser parser = new StructureParser(lines, limits);
            parser.parse();
            Headers headers = parser.rootHeaders();
            boolean decided = parser.hazard().isEmpty() && parser.doubt().isEmpty();
            List<MimeDefect> defects = decided ? List.copyOf(parser.rootDefects()) : List.of();
            return new MimeAnalysis(headers, defects, hazards(parser, headers), parser.doubt());
        }
    }

    /**
     * Reads the message once more, for the parts within and for the beginning of its text.
     *
     * @throws IOException when the message cannot be read
     */
    public MessageParts parts(WireMessage message) throws IOException {
        try (InputStream in = message.openStream()) {
            PartsCollector parts = new PartsCollector(limits);
            new StructureParser(new LineReader(in, message.size(), limits.lineOctets()), limits, parts).parse();
            return parts.parts();
        }
    }

    private static Set<MailmanHazard> hazards(StructureParser parser, Headers headers) {
        Set<MailmanHazard> hazards = EnumSet.noneOf(MailmanHazard.class);
        parser.hazard().ifPresent(hazards::add);
        if (headers.first("message-id").filter(HeaderField::isEightBit).isPresent()) {
            hazards.add(MailmanHazard.EIGHT_BIT_MESSAGE_ID);
        }
        return hazards;
    }
}

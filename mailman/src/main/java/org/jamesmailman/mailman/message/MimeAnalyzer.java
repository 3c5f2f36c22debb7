// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Tells of a message what Mailman would find wrong with it, by the rules of Python 3.11's {@code email.feedparser}
 * (policy {@code compat32}), and what the site would, in one pass over the bytes with bounded memory and no recursion.
 * Thread-safe.
 */
public final class MimeAnalyzer {
    /** The default of {@code [mailman] sender_headers}. */
    private static final List<String> SENDER_HEADERS =
            List.of("from", SenderHeaders.REVERSE_PATH, "reply-to", "sender");

    private final MimeLimits limits;
    private final HeaderHazards headerHazards;

    /** @param senderHeaders Mailman's {@code [mailman] sender_headers} */
    public MimeAnalyzer(MimeLimits limits, List<String> senderHeaders) {
        this.limits = limits;
        this.headerHazards = new HeaderHazards(senderHeaders);
    }

    /** With {@link MimeLimits#DEFAULTS}. */
    public MimeAnalyzer(List<String> senderHeaders) {
        this(MimeLimits.DEFAULTS, senderHeaders);
    }

    /** With Mailman's default sender headers. */
    public MimeAnalyzer(MimeLimits limits) {
        this(limits, SENDER_HEADERS);
    }

    /** With {@link MimeLimits#DEFAULTS} and Mailman's default sender headers. */
    public MimeAnalyzer() {
        this(MimeLimits.DEFAULTS);
    }

    /** As {@link #analyze(WireMessage, SiteChecks)}, with no look at what only the site minds. */
    public MimeAnalysis analyze(WireMessage message) throws IOException {
        return analyze(message, SiteChecks.NONE);
    }

    /**
     * Reads the message from its start, and no further than the last line that can matter.
     *
     * @throws IOException when the message cannot be read
     */
    public MimeAnalysis analyze(WireMessage message, SiteChecks checks) throws IOException {
        try (InputStream in = message.openStream();
                RawOctets octets = new RawOctets(in)) {
            SiteInspection inspection = new SiteInspection(checks);
            InputStream read = inspection.needsBody() ? octets : in;
            LineReader lines = new LineReader(read, message.size(), limits.lineOctets());
            StructureParser parser = new StructureParser(lines, limits, inspection, PartListener.NONE);
            parser.parse();
            if (inspection.needsBody()) {
                // The parser stops where Mailman's would break; how far it has read ahead is chance.
                octets.transferTo(OutputStream.nullOutputStream());
            }
            inspection.end(octets);
            Headers headers = parser.rootHeaders();
            boolean decided = parser.hazard().isEmpty() && parser.doubt().isEmpty();
            List<MimeDefect> defects = decided ? List.copyOf(parser.rootDefects()) : List.of();
            return new MimeAnalysis(
                    headers, defects, hazards(parser, headers), parser.doubt(), inspection.found(), checks);
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
            LineReader lines = new LineReader(in, message.size(), limits.lineOctets());
            new StructureParser(lines, limits, new SiteInspection(SiteChecks.NONE), parts).parse();
            return parts.parts();
        }
    }

    private Set<MailmanHazard> hazards(StructureParser parser, Headers headers) {
        Set<MailmanHazard> hazards = EnumSet.noneOf(MailmanHazard.class);
        parser.hazard().ifPresent(hazards::add);
        hazards.addAll(headerHazards.in(headers));
        return hazards;
    }
}

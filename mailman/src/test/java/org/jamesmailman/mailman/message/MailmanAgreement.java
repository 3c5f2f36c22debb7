// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** Compares all that we tell of a message with what Mailman's own classes say, and counts. */
final class MailmanAgreement {
    static final List<String> SENDER_HEADERS = List.of("from", "from_", "reply-to", "sender");

    /** Small, so that lines do not fit and buffers run over. */
    private static final MimeLimits NARROW = new MimeLimits(1 << 20, 10_000, 1024, 180);

    /** What Python can tell, too. */
    private static final Set<SiteDefect> STRUCTURE = Set.of(
            SiteDefect.BROKEN_NESTED_PART,
            SiteDefect.BAD_BASE64,
            SiteDefect.TOO_MANY_PARTS,
            SiteDefect.NESTED_TOO_DEEP);

    private final MailmanOracle mailman;
    private final Random random;
    private final SenderHeaders senderHeaders = new SenderHeaders(SENDER_HEADERS);
    private int messages;
    private int doubtful;
    private int defective;
    private int broken;
    private int known;
    private int undecidable;
    private int overcautious;
    private int shunted;
    private int overlooked;

    MailmanAgreement(MailmanOracle mailman, Random random) {
        this.mailman = mailman;
        this.random = random;
    }

    void check(byte[] message, String which) throws IOException {
        messages++;
        String reversePath = random.nextInt(4) == 0 ? "<>" : "Anne.Person@Example.com";
        MailmanOracle.Answer expected = mailman.ask(message, reversePath);
        String shown = which + ":\n" + new String(message, StandardCharsets.ISO_8859_1);

        MimeAnalysis analysis = new MimeAnalyzer().analyze(new HeapMessage(message));
        checkDefects(analysis, expected, shown);
        checkDefects(new MimeAnalyzer(NARROW).analyze(new Dribble(message, random)), expected, shown);
        if (expected.isParserBroken()) {
            broken++;
            return;
        }
        doubtful += analysis.doubt().isPresent() ? 1 : 0;
        defective += expected.defects().isEmpty() ? 0 : 1;
        checkHeaders(analysis, expected, shown);
        checkHazards(analysis, expected, shown);
        if (analysis.doubt().isEmpty()) {
            checkSiteDefects(message, expected, shown);
        }
        checkSenders(analysis.headers(), reversePath, expected, shown);
    }

    private static void checkDefects(MimeAnalysis analysis, MailmanOracle.Answer expected, String shown) {
        if (analysis.doubt().isPresent()) {
            assertThat(analysis.defects()).as(shown).isEmpty();
            return;
        }
        boolean broken = analysis.hazards().contains(MailmanHazard.UNPARSABLE_CONTENT_TYPE);
        assertThat(broken).as(shown).isEqualTo(expected.isParserBroken());
        if (!broken) {
            assertThat(analysis.defects().stream().map(MimeDefect::pythonName).toList())
                    .as(shown)
                    .isEqualTo(expected.defects());
        }
    }

    private static void checkHeaders(MimeAnalysis analysis, MailmanOracle.Answer expected, String shown) {
        assertThat(analysis.headers().fields()).as(shown).isEqualTo(expected.fields());
        assertThat(analysis.hasMessageId())
                .as(shown)
                .isEqualTo(!expected.messageId().equals("none"));
        assertThat(analysis.hazards().contains(MailmanHazard.EIGHT_BIT_MESSAGE_ID))
                .as(shown)
                .isEqualTo(expected.messageId().equals("crash"));
        checkBoundary(analysis.headers(), expected, shown);
    }

    private void checkHazards(MimeAnalysis analysis, MailmanOracle.Answer expected, String shown) {
        boolean undecodable = analysis.hazards().contains(MailmanHazard.UNDECODABLE_SENDER);
        if (undecodable) {
            shunted++;
            assertThat(expected.isSendersBroken()).as(shown).isTrue();
        } else if (expected.isSendersBroken()) {
            overlooked++;
        }
        boolean responses = analysis.hazards().contains(MailmanHazard.EIGHT_BIT_PRECEDENCE);
        assertThat(responses).as(shown).isEqualTo(expected.brokenResponses().contains("in"));
        if (responses) {
            assertThat(expected.brokenResponses()).as(shown).contains("command");
        }
    }

    /** One more part or level than Mailman sees is too many, and no fewer. */
    private void checkSiteDefects(byte[] message, MailmanOracle.Answer expected, String shown) throws IOException {
        assertThat(siteDefects(message, expected.parts() - 1, expected.levels() - 1))
                .as(shown)
                .containsExactlyInAnyOrderElementsOf(Stream.of(
                                expected.siteDefects(),
                                expected.parts() > 0 ? List.of("too-many-parts") : List.<String>of(),
                                expected.levels() > 1 ? List.of("nested-too-deep") : List.<String>of())
                        .flatMap(List::stream)
                        .toList());
        assertThat(siteDefects(message, expected.parts(), expected.levels()))
                .as(shown)
                .containsExactlyInAnyOrderElementsOf(expected.siteDefects());
    }

    private List<String> siteDefects(byte[] message, int maxParts, int maxDepth) throws IOException {
        MimeAnalysis analysis = new MimeAnalyzer()
                .analyze(new Dribble(message, random), new SiteChecks(STRUCTURE, maxParts, maxDepth, 1));
        return analysis.siteDefects().stream().map(SiteDefect::defectName).toList();
    }

    private static void checkBoundary(Headers headers, MailmanOracle.Answer expected, String shown) {
        Optional<ContentType> type = headers.first("content-type").map(field -> ContentType.parse(field.value()));
        if (type.isPresent() && type.get().isMultipart()) {
            Boundary boundary = type.get().boundary();
            if (boundary instanceof Boundary.Delimiter delimiter) {
                Boundary wanted = Boundary.Delimiter.of(expected.boundary().orElse("absent"));
                assertThat(delimiter).as(shown).isEqualTo(wanted);
            } else if (boundary instanceof Boundary.Absent) {
                assertThat(expected.boundary()).as(shown).isEmpty();
            }
        }
    }

    private void checkSenders(Headers headers, String reversePath, MailmanOracle.Answer expected, String shown) {
        Senders senders = senderHeaders.read(headers, reversePath);
        if (senders instanceof Senders.Known found) {
            known++;
            assertThat(found.addresses()).as(shown).isEqualTo(expected.senders());
        } else {
            undecidable++;
            overcautious += expected.isSendersBroken() ? 0 : 1;
        }
        List<String> values = headers.fields().stream()
                .filter(field -> SENDER_HEADERS.contains(field.name().toLowerCase(Locale.ROOT)))
                .map(HeaderField::value)
                .toList();
        for (int i = 0; i < values.size(); i++) {
            checkSenderField(values.get(i), expected.senderFields().get(i), shown);
        }
    }

    private static void checkSenderField(String value, MailmanOracle.SenderField expected, String shown) {
        Optional<String> text = EncodedWords.decode(value);
        if (text.isPresent()) {
            assertThat(text).as(shown).isEqualTo(expected.text());
            String line = text.get().replace("\r", "").replace("\n", "");
            AddressList parsed = AddressList.parse(line);
            // What is nested too deeply is left to Mailman, and was not read to its end.
            if (!parsed.isTooDeep()) {
                assertThat(nonEmpty(parsed.addresses())).as(shown).isEqualTo(expected.lenient());
                assertThat(nonEmpty(StrictAddresses.from(line, parsed)))
                        .as(shown)
                        .isEqualTo(expected.strict());
            }
        }
    }

    private static List<String> nonEmpty(List<String> addresses) {
        return addresses.stream().filter(address -> !address.isEmpty()).toList();
    }

    int messages() {
        return messages;
    }

    /** Whose defects we could not tell. */
    int doubtful() {
        return doubtful;
    }

    /** Whose senders we left to Mailman. */
    int undecidable() {
        return undecidable;
    }

    @Override
    public String toString() {
        return String.format(
                "%d messages: %d defective, %d break Python's parser, %d in doubt; "
                        + "senders: %d known, %d left to Mailman, which knows %d of these; "
                        + "%d with senders that shunt them, and %d more that we overlook",
                messages, defective, broken, doubtful, known, undecidable, overcautious, shunted, overlooked);
    }
}

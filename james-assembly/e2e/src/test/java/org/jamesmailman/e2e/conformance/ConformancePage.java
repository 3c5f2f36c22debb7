// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code docs/conformance.md}: made of what was seen, and of nothing else. Not thread-safe. */
final class ConformancePage {
    /** Set to true, it has the page written anew instead of compared. */
    static final String WRITE = "jamesmailman.conformance.write";

    private static final Path FILE = Path.of(System.getProperty("jamesmailman.rooms"))
            .resolve("docs/conformance.md")
            .normalize();

    private static final String HEAD = """
            # Conformance

            What three LMTP servers were seen to do, clause by clause, over a socket: our listener (`conf/mailman-lmtp.xml`),
            James's stock listener with our handlers (`conf/lmtpserver.xml`), and, for comparison, the LMTP runner of Mailman
            3.3.8. `ConformanceIT` makes this page, and fails when a server does something else than what is told here:

            ```
            mvn -q verify -pl james-assembly/e2e -am -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false \\
                -Dit.test=ConformanceIT -Djamesmailman.conformance.write=true
            ```

            "yes": the clause is kept. "no": the server deviates, and how is told [below](#deviations), by the codes of its
            replies, in order. "–": the server cannot be set up for it. `facts 1` and so on are the rows of what James's stock
            LMTP chain was seen to get wrong before this project brought its own handlers and its own listener.
            """;

    private final Map<String, Deviations> servers = new LinkedHashMap<>();
    private final Map<String, Map<Clause, String>> seen = new LinkedHashMap<>();

    /** Adds a column. */
    void add(String server, Deviations deviations) {
        servers.put(server, deviations);
        seen.put(server, new LinkedHashMap<>());
    }

    /** Notes what was seen of a server. */
    void note(String server, Clause clause, String observation) {
        seen.get(server).put(clause, observation);
    }

    /** The page as it is in the repository. */
    static String committed() {
        try {
            return Files.readString(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "docs/conformance.md cannot be read: run with -D" + WRITE + "=true to have it written", e);
        }
    }

    void write() {
        try {
            Files.writeString(FILE, text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The page as it has to be. */
    String text() {
        StringBuilder page = new StringBuilder(HEAD);
        Clause.all().stream()
                .collect(Collectors.groupingBy(ConformancePage::standard, LinkedHashMap::new, Collectors.toList()))
                .forEach((standard, clauses) -> page.append(table(standard, clauses)));
        page.append("\n## Deviations\n");
        servers.keySet().forEach(server -> page.append(deviations(server)));
        return page.toString();
    }

    private static String standard(Clause clause) {
        String section = clause.section();
        return section.startsWith("RFC") ? section.substring(0, "RFC 1234".length()) : "Facts of James's stock chain";
    }

    private String table(String standard, List<Clause> clauses) {
        String columns = String.join(" | ", servers.keySet());
        String rows = clauses.stream().map(this::row).collect(Collectors.joining());
        return "\n## " + standard + "\n\n| clause | what it asks | " + columns + " |\n" + "| --- | --- |"
                + " --- |".repeat(servers.size()) + "\n" + rows;
    }

    private String row(Clause clause) {
        String cells =
                servers.keySet().stream().map(server -> cell(server, clause)).collect(Collectors.joining(" | "));
        return "| " + clause.section() + " | " + clause.sentence() + " | " + cells + " |\n";
    }

    private String cell(String server, Clause clause) {
        String observation = seen.get(server).getOrDefault(clause, "?");
        if (observation.equals(Clause.NOT_TRIED)) {
            return "–";
        }
        return clause.isKeptBy(observation) ? "yes" : "no";
    }

    private String deviations(String server) {
        String list = Clause.all().stream()
                .filter(clause -> cell(server, clause).equals("no"))
                .map(clause -> deviation(server, clause))
                .collect(Collectors.joining());
        return "\n### Of " + server + "\n\n" + (list.isEmpty() ? "None.\n" : list);
    }

    private String deviation(String server, Clause clause) {
        String why = servers.get(server).of(clause).map(Deviation::why).orElse("");
        return "- " + clause.section() + ", " + clause.sentence() + ": `"
                + seen.get(server).get(clause) + "`. " + why + "\n";
    }
}

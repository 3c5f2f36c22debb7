// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page of this project's documentation, as far as tests hold it to the code: its samples, links and code spans.
 * Immutable.
 *
 * @param file the page
 * @param prose its lines that are not part of a sample
 * @param samples its fenced blocks, in order
 */
public record MarkdownPage(Path file, List<String> prose, List<Sample> samples) {
    private static final String FENCE = "```";
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /**
     * A fenced block.
     *
     * @param language what stands behind the opening fence; empty for none
     * @param text its lines
     */
    public record Sample(String language, String text) {}

    public MarkdownPage {
        prose = List.copyOf(prose);
        samples = List.copyOf(samples);
    }

    /** README.md, and everything below docs/. */
    public static List<MarkdownPage> all(Path projectRoot) {
        try (Stream<Path> docs = Files.walk(projectRoot.resolve("docs"))) {
            return Stream.concat(Stream.of(projectRoot.resolve("README.md")), docs)
                    .filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .map(MarkdownPage::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the documentation below " + projectRoot, e);
        }
    }

    /** Reads a page. */
    public static MarkdownPage read(Path file) {
        List<String> prose = new ArrayList<>();
        List<Sample> samples = new ArrayList<>();
        List<String> block = new ArrayList<>();
        String language = "";
        boolean isInside = false;
        for (String line : lines(file)) {
            if (!line.startsWith(FENCE)) {
                (isInside ? block : prose).add(line);
            } else if (isInside) {
                samples.add(new Sample(language, String.join("\n", block) + "\n"));
                block.clear();
                isInside = false;
            } else {
                language = line.substring(FENCE.length()).strip();
                isInside = true;
            }
        }
        return new MarkdownPage(file, prose, samples);
    }

    /** Where its links lead, as written. */
    public List<String> links() {
        return found(LINK);
    }

    /** What stands between back quotes. */
    public List<String> codeSpans() {
        return found(CODE);
    }

    /** The samples in a language. */
    public List<Sample> samplesIn(String language) {
        return samples.stream()
                .filter(sample -> sample.language().equals(language))
                .toList();
    }

    /** The names by which its headings can be linked to. */
    public Set<String> anchors() {
        return prose.stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ *", "").toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
                .collect(Collectors.toUnmodifiableSet());
    }

    private List<String> found(Pattern pattern) {
        return prose.stream()
                .flatMap(line -> pattern.matcher(line).results())
                .map((MatchResult result) -> result.group(1))
                .toList();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}

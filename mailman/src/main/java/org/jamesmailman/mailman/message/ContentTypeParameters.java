// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parameters of a Content-Type as Python reads them ({@code email.message._parseparam},
 * {@code email.utils.decode_params}): plain ones, and those that are continued or encoded (RFC 2231).
 */
final class ContentTypeParameters {
    private static final Pattern CONTINUATION = Pattern.compile("(\\w++)\\*(?:([0-9]++)\\*?)?");

    private record Parameter(String name, String value) {}

    private final List<Parameter> plain = new ArrayList<>();
    private final Map<String, ContinuedParameter> continued = new LinkedHashMap<>();

    private ContentTypeParameters() {}

    /** Reads a whole Content-Type: the type, then the parameters. */
    static ContentTypeParameters parse(String contentType) {
        ContentTypeParameters parameters = new ContentTypeParameters();
        List<String> texts = split(contentType);
        for (String text : texts.subList(1, texts.size())) {
            parameters.add(parameter(text));
        }
        return parameters;
    }

    private void add(Parameter parameter) {
        Matcher continuation = CONTINUATION.matcher(parameter.name);
        String value = unquote(parameter.value);
        if (continuation.matches()) {
            continued
                    .computeIfAbsent(continuation.group(1), name -> new ContinuedParameter())
                    .add(continuation.group(2), value, parameter.name.endsWith("*"));
        } else {
            plain.add(new Parameter(parameter.name, unquote('"' + quote(value) + '"')));
        }
    }

    /** The boundary, as {@code Message.get_boundary} finds it: a plain one comes before a continued one. */
    Boundary boundary() {
        if (continued.values().stream().anyMatch(ContinuedParameter::isUnsortable)) {
            return new Boundary.Unparsable();
        }
        for (Parameter parameter : plain) {
            if (parameter.name.equalsIgnoreCase("boundary")) {
                return Boundary.Delimiter.of(unquote(parameter.value));
            }
        }
        for (Map.Entry<String, ContinuedParameter> parameter : continued.entrySet()) {
            if (parameter.getKey().equalsIgnoreCase("boundary")) {
                return parameter.getValue().joined();
            }
        }
        return new Boundary.Absent();
    }

    /**
     * The charset, as {@code Message.get_content_charset} finds it: {@code us-ascii} when there is none, nothing when
     * it is written in a way that we leave to Python.
     */
    Optional<String> charset() {
        boolean odd = continued.entrySet().stream()
                .anyMatch(parameter -> parameter.getValue().isUnsortable()
                        || parameter.getKey().equalsIgnoreCase("charset"));
        if (odd) {
            return Optional.empty();
        }
        return Optional.of(plain.stream()
                .filter(parameter -> parameter.name.equalsIgnoreCase("charset"))
                .map(parameter -> unquote(parameter.value).toLowerCase(Locale.ROOT))
                .findFirst()
                .orElse(HeaderCharset.US_ASCII));
    }

    /** Splits at the semicolons that have an even number of unescaped quotes before them in their piece. */
    private static List<String> split(String text) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' && (i == 0 || text.charAt(i - 1) != '\\')) {
                quoted = !quoted;
            } else if (c == ';' && !quoted) {
                pieces.add(text.substring(from, i));
                from = i + 1;
            }
        }
        // With a quote left open, this is all the rest.
        pieces.add(text.substring(from));
        return pieces;
    }

    private static Parameter parameter(String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            return new Parameter(PythonText.strip(text), "");
        }
        return new Parameter(
                PythonText.strip(text.substring(0, equals)).toLowerCase(Locale.ROOT),
                PythonText.strip(text.substring(equals + 1)));
    }

    /** As {@code email.utils.quote}. */
    static String quote(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    /** As {@code email.utils.unquote}. */
    static String unquote(String text) {
        if (text.length() > 1) {
            if (text.startsWith("\"") && text.endsWith("\"")) {
                return text.substring(1, text.length() - 1)
                        .replace("\\\\", "\\")
                        .replace("\\\"", "\"");
            }
            if (text.startsWith("<") && text.endsWith(">")) {
                return text.substring(1, text.length() - 1);
            }
        }
        return text;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * Makes messages that are odd in every way that a parser of MIME may trip over: well-formed ones that are then broken,
 * and soups of lines that are good each in itself.
 */
final class MessageGenerator {
    private static final String[] BOUNDARIES = {"b", "bb", "b--", "", "--", "a b", "=_x.y", "B", "0123456789"};
    private static final String[] TYPES = {
        "text/plain",
        "text/html",
        "message/rfc822",
        "message/delivery-status",
        "message/partial",
        "multipart/mixed",
        "multipart/digest",
        "Multipart/Alternative",
        "multipart",
        "multipart/a/b",
        "/",
        "multipart /mixed",
        "image/png"
    };
    private static final String[] ENCODINGS = {"7bit", "8BIT", "binary", "base64", "quoted-printable", "7bit ", "", "x"
    };
    private static final String[] LINES = {
        "",
        "",
        "",
        "text",
        " continued",
        "\tcontinued",
        ":",
        ": value",
        "X: y",
        "Subject:",
        "From x",
        "From x: y",
        ">From x",
        "bad header: x",
        "é: x",
        "X:é",
        "Message-ID: <i@x>",
        "Message-Id: <é@x>",
        "-",
        "--",
        "----",
        "-- ",
        "Content-Type: message/rfc822",
        "Content-Type: message/delivery-status",
        "Content-Type: multipart/digest",
        "Content-type: text/plain",
        "Content-Transfer-Encoding: base64",
        "CONTENT-TRANSFER-ENCODING: 7BIT",
        "X",
        "X\0: y"
    };
    private static final String[] PARAMETER_TOKENS = {
        ";",
        ";",
        "; ",
        "boundary",
        "boundary",
        "BOUNDARY",
        "=",
        "=",
        "=",
        "\"",
        "\"",
        "b",
        "\\",
        "*",
        "*0",
        "*1",
        "*0*",
        "*1*",
        "us-ascii''",
        "utf-8'en'",
        "''",
        "'",
        "x-odd''",
        "%62",
        "%E9",
        "%a0",
        "%",
        "<",
        ">",
        "é",
        "\r\n ",
        "\n\t",
        "\u001c",
        " ",
        "name",
        "*007",
        "--",
        "iso-8859-1''",
        "/",
        "multipart/mixed"
    };
    /**
     * Python's parser raises where it takes this for a field of a header, and nowhere else: so it shows the structure.
     */
    private static final String PARSER_BREAKER = "Content-Type: multipart/x; a*=b; a*0=c";

    private static final String[] LINE_ENDS = {"\n", "\r\n", "\r\n", "\r\n", "\r"};

    private final Random random;
    private final AddressHeaderGenerator addresses;
    private final ContentTypeGenerator contentTypes;

    MessageGenerator(Random random) {
        this.random = random;
        this.addresses = new AddressHeaderGenerator(random);
        this.contentTypes = new ContentTypeGenerator(random);
    }

    byte[] next() {
        String text =
                switch (random.nextInt(8)) {
                    case 0, 1 -> soup();
                    case 2 -> contentTypes.next();
                    default -> breakIt(wellFormed(random.nextInt(5)));
                };
        byte[] octets = (random.nextInt(20) == 0 ? padded(text) : text).getBytes(StandardCharsets.ISO_8859_1);
        return random.nextInt(5) == 0 ? mutated(octets) : octets;
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String boundary() {
        return random.nextInt(3) == 0 ? pick(BOUNDARIES) : "b" + random.nextInt(3);
    }

    private String soup() {
        StringBuilder text = new StringBuilder();
        String lineEnd = pick(LINE_ENDS);
        if (random.nextBoolean()) {
            text.append("Content-Type: multipart/mixed; boundary=b").append(lineEnd);
        }
        int count = random.nextInt(40);
        for (int i = 0; i < count; i++) {
            text.append(soupLine()).append(random.nextInt(8) == 0 ? pick(LINE_ENDS) : lineEnd);
        }
        return random.nextInt(3) == 0 ? text + soupLine() : text.toString();
    }

    private String soupLine() {
        return switch (random.nextInt(8)) {
            case 0 -> "--" + boundary();
            case 1 -> "--" + boundary() + "--";
            case 2 -> "--" + pick(BOUNDARIES) + pick("", "--", " ", "\t ", "-", "-- ", " --", "x");
            case 3 -> "Content-Type: " + pick(TYPES) + "; boundary=" + boundary();
            case 4 -> random.nextInt(6) == 0 ? PARSER_BREAKER : contentType();
            case 5 -> addresses.field();
            default -> pick(LINES);
        };
    }

    private String contentType() {
        StringBuilder field = new StringBuilder("Content-Type: ").append(pick(TYPES));
        for (int i = random.nextInt(14); i > 0; i--) {
            field.append(pick(PARAMETER_TOKENS));
        }
        return field.toString();
    }

    private String wellFormed(int depth) {
        StringBuilder text = new StringBuilder();
        text.append(pick("", "", "", "From x@y Mon\n", "MIME-Version: 1.0\n"));
        text.append(pick("", "Message-ID: <a@b>\n", "Message-ID:\n <a@b>\n", "message-id: <é@b>\n"));
        for (int i = random.nextInt(3); i > 0; i--) {
            text.append(addresses.field()).append('\n');
        }
        text.append(part(depth));
        return text.toString();
    }

    private String part(int depth) {
        String encoding = random.nextInt(4) == 0 ? "Content-Transfer-Encoding: " + pick(ENCODINGS) + "\n" : "";
        if (random.nextInt(40) == 0) {
            return PARSER_BREAKER + "\n\nbody\n";
        }
        if (depth == 0) {
            return encoding + pick("", "Content-Type: text/plain; charset=utf-8\n", contentType() + "\n")
                    + "\nbody\nbody\n";
        }
        return switch (random.nextInt(6)) {
            case 0 -> encoding + "Content-Type: message/rfc822\n\n" + part(depth - 1);
            case 1 -> encoding + "Content-Type: message/delivery-status\n\n" + report(depth);
            case 2 -> encoding + contentType() + "\n\n" + part(depth - 1);
            default -> encoding + multipart(depth);
        };
    }

    private String report(int depth) {
        StringBuilder blocks = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            blocks.append(
                    pick("A: b\n", "A: b\n c\n", "From x\n", "bad\n", "Content-Type: multipart/x; boundary=b\n--b\n"));
            blocks.append(random.nextInt(6) == 0 ? part(depth - 1) : pick("\n", "\n\n", "A: c\nFrom x\n\n"));
        }
        return blocks.toString();
    }

    private String multipart(int depth) {
        String boundary = boundary();
        StringBuilder text = new StringBuilder("Content-Type: ")
                .append(pick("multipart/mixed", "multipart/mixed", "multipart/digest", "MULTIPART/related"))
                .append(boundaryParameter(boundary))
                .append("\n\n")
                .append(pick("", "preamble\n", "\n"));
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            text.append("--").append(boundary).append(pick("", "", " ", "\t")).append('\n');
            // An empty header: in a digest, what follows is a message.
            text.append(pick("", "", "", "\n"));
            text.append(part(random.nextInt(depth)));
        }
        return text.append("\n--")
                .append(boundary)
                .append("--")
                .append(pick("\n", "", "\nepilogue\n"))
                .toString();
    }

    private String boundaryParameter(String boundary) {
        String octet =
                boundary.isEmpty() ? "" : String.format("%%%02x", (int) boundary.charAt(0)) + boundary.substring(1);
        return switch (random.nextInt(9)) {
            case 0 -> "; boundary*=us-ascii''" + octet;
            case 1 -> "; boundary*0=\"" + boundary + "\"; boundary*1=\"\"";
            case 2 -> "; boundary*1*=; boundary*0*=''" + octet;
            case 3 -> ";\n\tboundary=\"" + boundary + "\"; charset=utf-8";
            case 4 -> "; Boundary = <" + boundary + "> ";
            case 5 -> "; boundary=\"" + boundary + " \"";
            default -> "; boundary=\"" + boundary + "\"";
        };
    }

    private String breakIt(String text) {
        String broken = text;
        for (int i = random.nextInt(4); i > 0; i--) {
            broken = switch (random.nextInt(7)) {
                case 0 -> broken.substring(0, random.nextInt(broken.length() + 1));
                case 1 -> insertLine(broken);
                case 2 -> dropLine(broken);
                case 3 -> broken.replace("\n--b0--", "");
                case 4 -> broken.replaceFirst("b0", "b1");
                default -> broken;
            };
        }
        return switch (random.nextInt(8)) {
            case 0, 1, 2, 3 -> broken.replace("\r\n", "\n").replace("\n", "\r\n");
            case 4 -> broken.replace('\n', '\r');
            default -> broken;
        };
    }

    private String insertLine(String text) {
        int at = lineStart(text);
        return text.substring(0, at) + soupLine() + pick(LINE_ENDS) + text.substring(at);
    }

    /** Python's parser gets its text in pieces of 8,192 characters; their ends shall fall anywhere. */
    private String padded(String text) {
        int at = lineStart(text);
        String padding = "x".repeat(8192 - random.nextInt(Math.min(8192, text.length() + 2)));
        return text.substring(0, at)
                + pick("X: ", "", "Subject:\r\n ")
                + padding
                + pick(LINE_ENDS)
                + text.substring(at);
    }

    private String dropLine(String text) {
        int from = lineStart(text);
        int to = text.indexOf('\n', from);
        return text.substring(0, from) + (to < 0 ? "" : text.substring(to + 1));
    }

    private int lineStart(String text) {
        return text.lastIndexOf('\n', random.nextInt(text.length() + 1) - 1) + 1;
    }

    private byte[] mutated(byte[] octets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte octet : octets) {
            switch (random.nextInt(60)) {
                case 0 -> out.write(random.nextInt(256));
                case 1 -> {
                    out.write(octet);
                    out.write(octet);
                }
                case 2 -> {
                    // left out
                }
                default -> out.write(octet);
            }
        }
        return out.toByteArray();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** One connection to the sink: as much of RFC 5321 as Mailman and Postfix speak. Not thread-safe. */
final class SinkSession {
    private final InputStream in;
    private final OutputStream out;
    private final Consumer<ReceivedMail> inbox;
    private final List<String> recipients = new ArrayList<>();
    private String reversePath = "";

    SinkSession(Socket socket, Consumer<ReceivedMail> inbox) throws IOException {
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
        this.inbox = inbox;
        socket.setTcpNoDelay(true);
    }

    /** Serves until the peer has said QUIT or is gone. */
    void run() throws IOException {
        reply("220 sink.example.org");
        boolean open = true;
        while (open) {
            open = obey(line());
        }
    }

    private boolean obey(String command) throws IOException {
        String verb = command.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
        switch (verb) {
            case "EHLO" -> reply("250-sink.example.org\r\n250-8BITMIME\r\n250 SMTPUTF8");
            case "MAIL" -> {
                reset();
                reversePath = path(command);
                reply("250 2.1.0 ok");
            }
            case "RCPT" -> {
                recipients.add(path(command));
                reply("250 2.1.5 ok");
            }
            case "DATA" -> data();
            case "HELO", "RSET", "NOOP" -> {
                reset();
                reply("250 2.0.0 ok");
            }
            case "QUIT" -> reply("221 2.0.0 bye");
            default -> reply("502 5.5.1 not here");
        }
        return !verb.equals("QUIT");
    }

    private void data() throws IOException {
        reply("354 go ahead");
        StringBuilder content = new StringBuilder();
        for (String line = line(); !line.equals("."); line = line()) {
            content.append(line, line.startsWith(".") ? 1 : 0, line.length()).append("\r\n");
        }
        inbox.accept(new ReceivedMail(reversePath, recipients, content.toString()));
        reset();
        reply("250 2.0.0 kept");
    }

    private void reset() {
        reversePath = "";
        recipients.clear();
    }

    private void reply(String text) throws IOException {
        out.write((text + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** What stands between the first angle brackets. */
    private static String path(String command) {
        int start = command.indexOf('<');
        int end = command.indexOf('>', start);
        return start < 0 || end < 0 ? "" : command.substring(start + 1, end);
    }

    /** A line without its CRLF; a bare CR or LF is part of it. */
    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean afterCr = false;
        for (int octet = in.read(); octet != '\n' || !afterCr; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException();
            }
            line.write(octet);
            afterCr = octet == '\r';
        }
        return line.toString(StandardCharsets.ISO_8859_1).substring(0, line.size() - 1);
    }
}

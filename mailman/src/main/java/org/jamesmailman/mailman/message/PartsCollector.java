// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.function.Consumer;

/** Keeps the header fields of the parts within a message, and the beginning of its first text, within limits. */
final class PartsCollector implements PartListener {
    private static final int MAX_TEXT = 4096;

    private final HeaderCollector fields;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private Optional<ContentType> textType = Optional.empty();
    private Optional<String> textEncoding = Optional.empty();
    private boolean inText;
    private boolean textCut;

    PartsCollector(MimeLimits limits) {
        this.fields = new HeaderCollector(limits);
    }

    @Override
    public Consumer<FieldBuffer> fields() {
        return fields;
    }

    @Override
    public void headerEnd(ContentType type, Optional<String> transferEncoding) {
        inText = textType.isEmpty() && type.isPlainText();
        if (inText) {
            textType = Optional.of(type);
            textEncoding = transferEncoding;
        }
    }

    @Override
    public boolean wantsBody() {
        return inText && !textCut;
    }

    @Override
    public void bodyLine(LineReader line) {
        if (wantsBody()) {
            int wanted = line.end() - line.start();
            int count = Math.min(wanted, MAX_TEXT - text.size());
            text.write(line.buffer(), line.start(), count);
            textCut = line.isCut() || count < wanted;
        }
    }

    @Override
    public void bodyEnd() {
        inText = false;
    }

    MessageParts parts() {
        return new MessageParts(
                fields.headers(),
                textType.map(type -> new TextPart(type.charset(), textEncoding, text.toByteArray(), !textCut)));
    }
}

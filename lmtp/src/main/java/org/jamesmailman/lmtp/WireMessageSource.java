// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import java.io.IOException;
import java.io.InputStream;
import org.apache.james.server.core.MimeMessageSource;
import org.jamesmailman.mailman.message.WireMessage;

/** Shows a message to those mailets that want it parsed; nothing is read until one does. */
final class WireMessageSource implements MimeMessageSource {
    private final String id;
    private final WireMessage message;

    WireMessageSource(String id, WireMessage message) {
        this.id = id;
        this.message = message;
    }

    @Override
    public String getSourceId() {
        return id;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return message.openStream();
    }

    @Override
    public long getMessageSize() {
        return message.size();
    }
}

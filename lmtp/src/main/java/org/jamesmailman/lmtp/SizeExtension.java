// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import com.google.inject.Inject;
import java.util.List;
import org.apache.james.protocols.api.handler.ProtocolHandler;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;

/** Announces SIZE (RFC 1870 3). Thread-safe. */
public final class SizeExtension implements EhloExtension, ProtocolHandler {
    private final MessageSizeLimit sizeLimit;

    @Inject
    public SizeExtension(MessageSizeLimit sizeLimit) {
        this.sizeLimit = sizeLimit;
    }

    @Override
    public List<String> getImplementedEsmtpFeatures(SMTPSession session) {
        long limit = sizeLimit.of(session);
        return List.of(limit > 0 ? "SIZE " + limit : "SIZE");
    }
}

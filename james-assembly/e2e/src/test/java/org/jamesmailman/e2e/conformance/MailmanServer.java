// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e.conformance;

import java.util.Optional;
import org.jamesmailman.testing.WireClient;

/** Mailman's own LMTP runner, for comparison. */
record MailmanServer(Site site) implements Server {
    /** {@code lmtp_port} in {@code config/schema.cfg} of Mailman 3.3.8. */
    private static final int DEFAULT_PORT = 8024;

    @Override
    public String heading() {
        return "Mailman's LMTP runner";
    }

    @Override
    public WireClient connect() {
        return WireClient.connect(site.mailman().lmtpPort());
    }

    @Override
    public int defaultPort() {
        return DEFAULT_PORT;
    }

    /** It has no settings for any of this. */
    @Override
    public Optional<Server> restricted() {
        return Optional.empty();
    }

    @Override
    public void release() {
        throw new UnsupportedOperationException("it has no hooks");
    }

    /** It is the site's. */
    @Override
    public Optional<Stop> stop() {
        return Optional.empty();
    }

    /** It ends with the site. */
    @Override
    public void close() {}
}

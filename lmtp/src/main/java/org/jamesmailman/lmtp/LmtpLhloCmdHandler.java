// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import com.google.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPResponse;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.core.AbstractHookableCmdHandler;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;
import org.apache.james.protocols.smtp.hook.HeloHook;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.jamesmailman.mailman.verdict.Reply;

/**
 * LHLO (RFC 2033 4.1): begins anew, and announces what is honoured. Wired once at start; thread-safe then.
 *
 * <p>James's own says the client's words back to it.
 */
public final class LmtpLhloCmdHandler extends AbstractHookableCmdHandler<HeloHook> {
    private static final List<String> KEYWORDS = List.of("PIPELINING", "ENHANCEDSTATUSCODES", "8BITMIME");

    private volatile List<EhloExtension> extensions = List.of();

    @Inject
    public LmtpLhloCmdHandler(MetricFactory metricFactory) {
        super(metricFactory);
    }

    @Override
    public Collection<String> getImplCommands() {
        return Set.of("LHLO");
    }

    @Override
    protected Response doFilterChecks(SMTPSession session, String command, String argument) {
        if (argument == null || argument.isBlank()) {
            return WireReply.of(new Reply(501, "5.5.4", "say LHLO and your name"));
        }
        session.resetState();
        session.setAttachment(SMTPSession.CURRENT_HELO_NAME, argument.strip(), State.Connection);
        return null;
    }

    @Override
    protected Response doCoreCmd(SMTPSession session, String command, String argument) {
        session.setAttachment(SMTPSession.CURRENT_HELO_MODE, command, State.Connection);
        SMTPResponse response =
                new SMTPResponse("250", session.getConfiguration().getHelloName());
        KEYWORDS.forEach(response::appendLine);
        extensions.forEach(
                extension -> extension.getImplementedEsmtpFeatures(session).forEach(response::appendLine));
        getHooks().forEach(hook -> hook.implementedEsmtpFeatures(session).forEach(response::appendLine));
        return response;
    }

    @Override
    protected HookResult callHook(HeloHook hook, SMTPSession session, String argument) {
        return hook.doHelo(session, argument);
    }

    @Override
    protected Class<HeloHook> getHookInterface() {
        return HeloHook.class;
    }

    @Override
    public List<Class<?>> getMarkerInterfaces() {
        List<Class<?>> markers = new ArrayList<>(super.getMarkerInterfaces());
        markers.add(EhloExtension.class);
        return markers;
    }

    @Override
    @SuppressWarnings("unchecked") // James wires what it found for the marker interface.
    public void wireExtensions(Class<?> marker, List<?> found) {
        super.wireExtensions(marker, found);
        if (marker.equals(EhloExtension.class)) {
            extensions = List.copyOf((List<EhloExtension>) found);
        }
    }
}

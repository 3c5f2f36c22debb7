// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import java.util.List;
import org.apache.james.protocols.api.handler.CommandHandlerResultLogger;
import org.apache.james.protocols.lib.handler.HandlersPackage;
import org.apache.james.protocols.lmtp.core.WelcomeMessageHandler;
import org.apache.james.protocols.smtp.core.ExpnCmdHandler;
import org.apache.james.protocols.smtp.core.NoopCmdHandler;
import org.apache.james.protocols.smtp.core.VrfyCmdHandler;
import org.apache.james.protocols.smtp.core.esmtp.StartTlsCmdHandler;
import org.apache.james.protocols.smtp.core.log.HookResultLogger;

/**
 * The command handlers of an LMTP server for Mailman's lists. Our own listener has them by itself; in James's
 * {@code lmtpserver.xml} they are named as {@code coreHandlersPackage} of a {@code handlerchain}.
 *
 * <pre>{@code
 * <handlerchain coreHandlersPackage="org.jamesmailman.lmtp.MailmanHandlers"/>
 * }</pre>
 */
public final class MailmanHandlers implements HandlersPackage {
    @Override
    public List<String> getHandlers() {
        return List.of(
                WelcomeMessageHandler.class.getName(),
                LmtpCommandDispatcher.class.getName(),
                LmtpLhloCmdHandler.class.getName(),
                StartTlsCmdHandler.class.getName(),
                SizeExtension.class.getName(),
                LmtpMailCmdHandler.class.getName(),
                LmtpRcptCmdHandler.class.getName(),
                LmtpDataCmdHandler.class.getName(),
                LmtpRsetCmdHandler.class.getName(),
                NoopCmdHandler.class.getName(),
                VrfyCmdHandler.class.getName(),
                ExpnCmdHandler.class.getName(),
                LmtpQuitCmdHandler.class.getName(),
                LmtpUnknownCmdHandler.class.getName(),
                CommandHandlerResultLogger.class.getName(),
                HookResultLogger.class.getName());
    }
}

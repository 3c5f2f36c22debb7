// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server;

import org.apache.james.GuiceJamesServer;
import org.apache.james.NaiveDelegationStoreModule;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.modules.MailetProcessingModule;
import org.apache.james.modules.protocols.LMTPServerModule;
import org.apache.james.modules.protocols.ProtocolHandlerModule;
import org.apache.james.modules.protocols.SMTPServerModule;
import org.apache.james.modules.queue.memory.MemoryMailQueueModule;
import org.apache.james.modules.server.DefaultProcessorsConfigurationProviderModule;
import org.apache.james.modules.server.RawPostDequeueDecoratorModule;
import org.apache.james.server.core.configuration.Configuration;
import org.apache.james.server.core.configuration.Configuration.ConfigurationPath;

/** Puts together a James of SMTP, LMTP and mailets: no mailbox, no database, no web administration. */
final class LeanJames {
    private static final ConfigurationPath CONF = new ConfigurationPath("file://conf/");

    private LeanJames() {}

    /** A James that is not started yet. */
    static GuiceJamesServer in(ServerDirectories directories) {
        // James initialises in the order in which its modules are named: mailets first, so that no port opens before
        // them.
        return GuiceJamesServer.forConfiguration(new Configuration.Basic(CONF, directories))
                .combineWith(
                        new LeanDataModule(),
                        new NaiveDelegationStoreModule(),
                        new MemoryMailQueueModule(),
                        new RawPostDequeueDecoratorModule(),
                        new DefaultProcessorsConfigurationProviderModule(),
                        new MailetProcessingModule(),
                        new ProtocolHandlerModule(),
                        new SMTPServerModule(),
                        new LMTPServerModule(),
                        new LmtpListeners.Module())
                .overrideWith(binder -> binder.bind(FileSystem.class).toInstance(new ServerFileSystem(directories)));
    }
}

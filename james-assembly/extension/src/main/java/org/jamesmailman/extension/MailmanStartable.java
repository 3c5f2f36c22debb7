// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.extension;

import com.google.inject.Inject;
import jakarta.annotation.PreDestroy;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.server.core.configuration.ConfigurationProvider;
import org.apache.james.utils.UserDefinedStartable;
import org.jamesmailman.lmtp.listener.ListenerException;
import org.jamesmailman.lmtp.listener.MailmanLmtpServers;
import org.jamesmailman.mailman.configuration.Settings;
import org.jamesmailman.mailman.directory.Directory;
import org.jamesmailman.mailman.directory.Snapshot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens our own LMTP listeners, when the mailets are configured, and says in the log what the extension works with:
 * named as {@code guice.extension.startable} in James's {@code extensions.properties}.
 */
public final class MailmanStartable implements UserDefinedStartable {
    private static final Logger LOGGER = LoggerFactory.getLogger(MailmanStartable.class);

    private final Settings settings;
    private final Directory directory;
    private final ConfigurationProvider configurations;
    private final MailmanLmtpServers listeners;

    @Inject
    public MailmanStartable(
            Settings settings,
            Directory directory,
            ConfigurationProvider configurations,
            MailmanLmtpServers listeners) {
        this.settings = settings;
        this.directory = directory;
        this.configurations = configurations;
        this.listeners = listeners;
    }

    @Override
    public void start() {
        openListeners();
        LOGGER.info(
                "Mailman's lists are served: lists={} queue={} policy.mode={} policy.on-discard={}"
                        + " message.max-size={}",
                directory.current().map(Snapshot::listCount).orElse(0),
                settings.queue().directory(),
                settings.mode(),
                settings.onDiscard(),
                settings.maxMessageSize());
    }

    private void openListeners() {
        try {
            listeners.start(configurations.getConfiguration("mailman-lmtp"));
        } catch (ConfigurationException e) {
            throw new StartUpException("mailman-lmtp.xml cannot be read: " + e.getMessage(), e);
        } catch (ListenerException e) {
            throw new StartUpException(e.getMessage(), e);
        }
    }

    /** James calls it at its end. */
    @PreDestroy
    public void stop() {
        listeners.stop();
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.extension;

import com.google.inject.Inject;
import org.apache.james.utils.UserDefinedStartable;
import org.jamesmailman.mailman.configuration.Settings;
import org.jamesmailman.mailman.directory.Directory;
import org.jamesmailman.mailman.directory.Snapshot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log what the extension works with: named as {@code guice.extension.startable} in James's
 * {@code extensions.properties}, it runs when the mailets are configured.
 */
public final class MailmanStartable implements UserDefinedStartable {
    private static final Logger LOGGER = LoggerFactory.getLogger(MailmanStartable.class);

    private final Settings settings;
    private final Directory directory;

    @Inject
    public MailmanStartable(Settings settings, Directory directory) {
        this.settings = settings;
        this.directory = directory;
    }

    @Override
    public void start() {
        LOGGER.info(
                "Mailman's lists are served: lists={} queue={} policy.mode={} policy.on-discard={}",
                directory.current().map(Snapshot::listCount).orElse(0),
                settings.queue().directory(),
                settings.mode(),
                settings.onDiscard());
    }
}

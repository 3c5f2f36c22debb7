// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.extension;

import com.google.inject.AbstractModule;
import com.google.inject.Inject;
import java.io.FileNotFoundException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.james.filesystem.api.FileSystem;
import org.jamesmailman.lmtp.MessageSizeLimit;
import org.jamesmailman.lmtp.OtherRecipients;
import org.jamesmailman.mailman.configuration.Settings;
import org.jamesmailman.mailman.configuration.SettingsException;
import org.jamesmailman.mailman.delivery.Enforcement;
import org.jamesmailman.mailman.delivery.Judges;
import org.jamesmailman.mailman.delivery.PostingVerdicts;
import org.jamesmailman.mailman.delivery.Recipients;
import org.jamesmailman.mailman.delivery.Transactions;
import org.jamesmailman.mailman.directory.Directory;
import org.jamesmailman.mailman.directory.DirectoryException;
import org.jamesmailman.mailman.directory.DirectoryKeeper;
import org.jamesmailman.mailman.directory.DirectorySources;
import org.jamesmailman.mailman.queue.MailmanQueue;
import org.jamesmailman.mailman.queue.QueueDirectories;
import org.jamesmailman.mailman.queue.QueueLimits;
import org.jamesmailman.mailman.queue.QueueSetupException;

/**
 * Puts the extension together: named as {@code guice.extension.module} in James's {@code extensions.properties}.
 *
 * <p>Everything that the extension needs of the outside is checked here, before James listens: that the JAR fits this
 * James, {@code mailman.properties}, {@code mailman.cfg}, the source of the lists, and the queue directories. What is
 * wrong stops James's start, with one sentence that says what to do.
 */
public final class MailmanModule extends AbstractModule {
    private static final String PROPERTIES = FileSystem.FILE_PROTOCOL_AND_CONF + "mailman.properties";

    /** A large site takes some seconds. */
    private static final Duration FIRST_LOAD_TIMEOUT = Duration.ofMinutes(1);

    private final Settings settings;
    private final MailmanQueue queue;
    private final DirectoryKeeper keeper;

    /**
     * Checks everything and loads the lists.
     *
     * @throws StartUpException when something is wrong
     */
    @Inject
    public MailmanModule(FileSystem fileSystem) {
        JamesFit.check();
        settings = settings(fileSystem);
        queue = queue(settings);
        keeper = keeper(settings);
    }

    @Override
    protected void configure() {
        Judges judges = Judges.of(settings, keeper);
        bind(Settings.class).toInstance(settings);
        bind(Directory.class).toInstance(keeper);
        bind(Recipients.class).toInstance(judges.recipients());
        bind(PostingVerdicts.class).toInstance(judges.verdicts());
        bind(Enforcement.class).toInstance(judges.enforcement());
        bind(MailmanQueue.class).toInstance(queue);
        bind(Transactions.class)
                .toInstance(new Transactions(
                        judges.analyzer(), InstantSource.system(), Path.of(System.getProperty("java.io.tmpdir"))));
        bind(MessageSizeLimit.class).toInstance(new MessageSizeLimit(settings.maxMessageSize()));
        bind(OtherRecipients.class)
                .toInstance(settings.otherRecipientsToJames() ? OtherRecipients.JAMES : OtherRecipients.REFUSE);
    }

    private static Settings settings(FileSystem fileSystem) {
        try {
            Path properties = fileSystem.getFile(PROPERTIES).toPath();
            return Settings.load(properties, fileSystem.getBasedir().toPath(), System.getenv());
        } catch (FileNotFoundException e) {
            throw new StartUpException(
                    "mailman.properties is missing in James's configuration directory: put it beside lmtpserver.xml",
                    e);
        } catch (SettingsException e) {
            throw new StartUpException(e.getMessage(), e);
        }
    }

    private static MailmanQueue queue(Settings settings) {
        Settings.Queue queue = settings.queue();
        try {
            if (queue.create()) {
                QueueDirectories.create(queue.directory());
            }
            return MailmanQueue.open(
                    QueueDirectories.check(queue.directory()),
                    settings.site().siteOwner(),
                    new QueueLimits(queue.retransmitWindow(), queue.highWater(), queue.minFree()));
        } catch (QueueSetupException e) {
            throw new StartUpException(e.getMessage(), e);
        }
    }

    private static DirectoryKeeper keeper(Settings settings) {
        try {
            DirectoryKeeper keeper = DirectoryKeeper.start(
                    DirectorySources.of(settings.directory()),
                    settings.refresh(),
                    settings.maxAge(),
                    settings.snapshot());
            // James closes nothing that an extension bound; what is known is saved at the end all the same.
            Runtime.getRuntime().addShutdownHook(new Thread(keeper::close, "james-mailman-shutdown"));
            keeper.awaitFirstLoad(FIRST_LOAD_TIMEOUT);
            return keeper;
        } catch (DirectoryException e) {
            throw new StartUpException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartUpException("The start was interrupted while the lists were read", e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.delivery;

import org.jamesmailman.mailman.address.RecipientResolver;
import org.jamesmailman.mailman.configuration.Settings;
import org.jamesmailman.mailman.directory.Directory;
import org.jamesmailman.mailman.message.MimeAnalyzer;
import org.jamesmailman.mailman.policy.PostingPolicy;

/**
 * What judges deliveries by the settings of a site, put together in one place for the server and for whoever foretells
 * its answers. Thread-safe.
 *
 * @param recipients tell where an address leads
 * @param verdicts tell what Mailman will make of a delivery
 * @param enforcement tells what the site makes of a verdict
 * @param analyzer tells what is wrong with a message
 */
public record Judges(Recipients recipients, PostingVerdicts verdicts, Enforcement enforcement, MimeAnalyzer analyzer) {
    /**
     * Puts them together.
     *
     * @param directory what is known of the lists
     */
    public static Judges of(Settings settings, Directory directory) {
        return new Judges(
                new Recipients(new RecipientResolver(settings.site().verpDelimiter()), directory),
                new PostingVerdicts(directory, new PostingPolicy(settings.site())),
                new Enforcement(settings.mode(), settings.onDiscard()),
                new MimeAnalyzer(settings.site().senderHeaders()));
    }
}

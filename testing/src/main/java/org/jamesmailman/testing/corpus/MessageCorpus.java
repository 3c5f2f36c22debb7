// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing.corpus;

import java.util.List;
import java.util.stream.Stream;

/**
 * The messages with which we are compared to Mailman. They are made of code, since no editor or checkout must touch
 * their octets. Stateless.
 */
public final class MessageCorpus {
    private MessageCorpus() {}

    /** Messages that Mailman's LMTP runner takes, up to one of 10 MB, but for {@link #shunted()}. */
    public static List<CorpusMessage> taken() {
        return Stream.of(
                        HeaderCorpus.messages(),
                        MessageIdCorpus.messages(),
                        LineCorpus.messages(),
                        MimeCorpus.messages(),
                        EmbeddedCorpus.messages())
                .flatMap(List::stream)
                .toList();
    }

    /** Messages that Mailman's LMTP runner takes, and that its next runner is certain to shunt. */
    public static List<CorpusMessage> shunted() {
        return HeaderCorpus.shunted();
    }

    /** Messages that Mailman's LMTP runner refuses as malformed. */
    public static List<CorpusMessage> malformed() {
        return MalformedCorpus.messages();
    }
}

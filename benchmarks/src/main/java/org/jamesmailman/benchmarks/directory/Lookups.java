// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.directory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jamesmailman.mailman.address.RecipientResolver;
import org.jamesmailman.mailman.address.Resolution;
import org.jamesmailman.mailman.configuration.SiteSettings;
import org.jamesmailman.mailman.delivery.Recipients;
import org.jamesmailman.mailman.delivery.Transaction;
import org.jamesmailman.mailman.directory.DirectoryException;
import org.jamesmailman.mailman.directory.DirectorySource;
import org.jamesmailman.mailman.directory.Snapshot;
import org.jamesmailman.mailman.message.HeapMessage;
import org.jamesmailman.mailman.message.MimeAnalysis;
import org.jamesmailman.mailman.message.MimeAnalyzer;
import org.jamesmailman.mailman.message.QueuedHeaders;
import org.jamesmailman.mailman.message.SenderHeaders;
import org.jamesmailman.mailman.message.Senders;
import org.jamesmailman.mailman.message.TextPart;
import org.jamesmailman.mailman.policy.Decision;
import org.jamesmailman.mailman.policy.PostedMessage;
import org.jamesmailman.mailman.policy.PostingPolicy;
import org.jamesmailman.mailman.policy.WorkBudget;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What is done for a recipient and for a post, on the directory of a large site. Each call's time is a sample. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Lookups {
    private static final int RECIPIENTS = 1 << 16;
    private static final int POSTS = 1 << 10;

    /** The JDBC URL of a {@link LargeSite}. */
    @Param("")
    public String url = "";

    @Param("10000")
    public int lists;

    @Param("100")
    public int membersOfEach;

    private final PostingPolicy policy = new PostingPolicy(SiteSettings.DEFAULTS);
    private final String[] recipients = new String[RECIPIENTS];
    private final Post[] posts = new Post[POSTS];
    private Recipients resolver = new Recipients(new RecipientResolver("+"), Optional::empty);
    private Snapshot snapshot;
    private int next;

    private record Post(String list, PostedMessage message) {}

    /** A message whose senders are found anew each time, as they are once for each message. */
    private record Unread(Transaction message) implements PostedMessage {
        @Override
        public String reversePath() {
            return message.reversePath();
        }

        @Override
        public MimeAnalysis analysis() throws IOException {
            return message.analysis();
        }

        @Override
        public Senders senders(SenderHeaders reader) throws IOException {
            return reader.read(analysis().headers(), reversePath());
        }

        @Override
        public WorkBudget searching() {
            return message.searching();
        }

        @Override
        public QueuedHeaders queuedHeaders() throws IOException {
            return message.queuedHeaders();
        }

        @Override
        public Optional<TextPart> firstText() throws IOException {
            return message.firstText();
        }
    }

    public Lookups() {}

    /** Reads the site, and makes up recipients, and posts of which half are members' of the list. */
    @Setup
    public void setUp() throws DirectoryException, IOException {
        try (DirectorySource source = SiteDatabase.source(url)) {
            Snapshot loaded = source.load();
            snapshot = loaded;
            resolver = new Recipients(new RecipientResolver("+"), () -> Optional.of(loaded));
        }
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < RECIPIENTS; i++) {
            recipients[i] = LargeSite.postingAddress(random.nextInt(1, lists + 1));
        }
        MimeAnalyzer analyzer = new MimeAnalyzer();
        for (int i = 0; i < POSTS; i++) {
            int list = random.nextInt(1, lists + 1);
            boolean byMember = random.nextBoolean();
            int sender = byMember
                    ? (list - 1) * membersOfEach + random.nextInt(1, membersOfEach + 1)
                    : random.nextInt(1, lists * membersOfEach + 1);
            posts[i] =
                    new Post(LargeSite.postingAddress(list), new Unread(message(analyzer, LargeSite.member(sender))));
        }
    }

    private static Transaction message(MimeAnalyzer analyzer, String sender) throws IOException {
        byte[] bytes = ("From: Firstname Surname <" + sender + ">\r\nTo: list@example.com\r\nSubject: hello\r\n"
                        + "Message-ID: <" + sender + ">\r\n\r\nHello.\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        Transaction message = new Transaction(sender, new HeapMessage(bytes), analyzer, Instant.EPOCH, "example.com");
        message.analysis();
        return message;
    }

    /** What is done at RCPT. */
    @Benchmark
    public Resolution recipient() {
        return resolver.resolve(recipients[next++ & (RECIPIENTS - 1)]);
    }

    /** What is done after DATA for one recipient, once the message has been analysed. */
    @Benchmark
    public Decision post() throws IOException {
        Post post = posts[next++ & (POSTS - 1)];
        return policy.decide(snapshot, snapshot.list(post.list).orElseThrow(), post.message);
    }
}

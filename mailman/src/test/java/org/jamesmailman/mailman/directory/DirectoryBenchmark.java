// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Measures the directory of a large site in a database of the real Mailman's, to be run by hand:
 * {@code DirectoryBenchmark [lists [members a list [changes]]]}, by default 10000, 100 and 20.
 */
final class DirectoryBenchmark {
    private static final int LOADS = 5;
    private static final int LOOKUPS = 2_000_000;
    private static final Duration REFRESH = Duration.ofMillis(500);

    private final int lists;
    private final int members;
    private final int changes;

    private DirectoryBenchmark(int lists, int members, int changes) {
        this.lists = lists;
        this.members = members;
        this.changes = changes;
    }

    public static void main(String[] arguments) throws Exception {
        new DirectoryBenchmark(argument(arguments, 0, 10_000), argument(arguments, 1, 100), argument(arguments, 2, 20))
                .run();
    }

    private static int argument(String[] arguments, int place, int otherwise) {
        return arguments.length > place ? Integer.parseInt(arguments[place]) : otherwise;
    }

    private void run() throws Exception {
        Path directory = Files.createTempDirectory("directory-benchmark");
        try (MailmanSite mailman = MailmanSite.start(directory)) {
            mailman.run(program());
            say("database: %,d lists x %,d members, %,d KiB", lists, members, Files.size(mailman.database()) / 1024);
            measureLoading(mailman);
            measureChanges(mailman);
        }
    }

    /** One list of Mailman's own making, copied; every member is a user with a preferred address. */
    private String program() {
        return """
                domains().add('example.com')
                create_list('seed@example.com')
                config.db.commit()
                columns = [row[1] for row in config.db.store.execute(text('PRAGMA table_info(mailinglist)'))]
                values = {'id': 'id + n', 'list_name': "'list' || n", 'list_id': "'list' || n || '.example.com'"}
                numbers = 'WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < %%d)'
                sql('INSERT INTO mailinglist (' + ', '.join(columns) + ') ' + numbers %% %1$d + ' SELECT '
                    + ', '.join(values.get(c, c) for c in columns) + ' FROM mailinglist, numbers')
                sql('INSERT INTO address (id, email, user_id) ' + numbers %% %2$d
                    + " SELECT n, 'firstname.surname' || n || '@host' || (n %% 1000) || '.example.org', n FROM numbers")
                sql('INSERT INTO user (id, _preferred_address_id) ' + numbers %% %2$d + ' SELECT n, n FROM numbers')
                sql('INSERT INTO member (role, list_id, address_id, user_id) ' + numbers %% %2$d
                    + " SELECT 1, 'list' || (1 + (n - 1) / %3$d) || '.example.com',"
                    + ' CASE WHEN n %% 2 THEN n END, CASE WHEN n %% 2 THEN NULL ELSE n END FROM numbers')
                """.formatted(lists, lists * members, members);
    }

    private void measureLoading(MailmanSite mailman) throws DirectoryException {
        try (DatabaseSource source = DatabaseSource.of(mailman.jdbcUrl())) {
            source.load();
            long empty = heap();
            Snapshot snapshot = new SnapshotBuilder().build(java.time.Instant.now());
            for (int i = 0; i < LOADS; i++) {
                long start = System.nanoTime();
                snapshot = source.load();
                say("load: %,d ms", (System.nanoTime() - start) / 1_000_000);
            }
            say("heap of the snapshot after collection: %.1f MB", (heap() - empty) / 1e6);
            measureLookups(snapshot);
        }
    }

    private void measureLookups(Snapshot snapshot) {
        SplittableRandom random = new SplittableRandom(1);
        String[] names = new String[1 << 16];
        String[] emails = new String[names.length];
        for (int i = 0; i < names.length; i++) {
            int n = random.nextInt(lists * members);
            names[i] = "list" + (1 + n / members) + "@example.com";
            emails[i] = "firstname.surname" + (n + 1) + "@host" + (n + 1) % 1000 + ".example.org";
        }
        for (int round = 0; round < 3; round++) {
            int found = 0;
            long start = System.nanoTime();
            for (int i = 0; i < LOOKUPS; i++) {
                found += snapshot.listIdOf(names[i & 0xffff]).isPresent() ? 1 : 0;
            }
            long lists = System.nanoTime() - start;
            start = System.nanoTime();
            for (int i = 0; i < LOOKUPS; i++) {
                MailingList list = snapshot.list(names[i & 0xffff]).orElseThrow();
                found += list.members().find(emails[i & 0xffff]).isPresent() ? 1 : 0;
            }
            long rosters = System.nanoTime() - start;
            say(
                    "look-up of a list: %d ns; of a list and a member: %d ns (%s)",
                    lists / LOOKUPS, rosters / LOOKUPS, found == 2 * LOOKUPS ? "all found" : "NOT ALL FOUND");
        }
    }

    /** Mailman writes 20 changes a second; each is waited for. */
    private void measureChanges(MailmanSite mailman) throws Exception {
        try (DirectoryKeeper keeper = DirectoryKeeper.start(DatabaseSource.of(mailman.jdbcUrl()), REFRESH)) {
            keeper.awaitFirstLoad(Duration.ofMinutes(5));
            long[] written = new long[changes + 1];
            long worst = 0;
            int seen = 0;
            for (int i = 1; seen < changes; i++) {
                if (i <= changes) {
                    mailman.run("IBanManager(None).ban('change%d@example.com')".formatted(i));
                    written[i] = System.nanoTime();
                }
                Thread.sleep(50);
                int size = keeper.current().orElseThrow().siteBans().literals().size();
                for (; seen < size; seen++) {
                    worst = Math.max(worst, System.nanoTime() - written[seen + 1]);
                }
            }
            say("%d changes, 20 a second: the slowest was seen after %,d ms", changes, worst / 1_000_000);
        }
    }

    private static long heap() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @SuppressWarnings("AnnotateFormatMethod")
    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.directory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jamesmailman.mailman.directory.Directory;
import org.jamesmailman.mailman.directory.MailingList;
import org.jamesmailman.mailman.directory.Membership;
import org.jamesmailman.mailman.directory.ModerationAction;
import org.jamesmailman.mailman.directory.Snapshot;

/**
 * Mailman writes 20 changes a second, of four kinds: somebody new is subscribed, a member's moderation action changes,
 * a member goes, an address is banned. Measured is the time from the commit until a snapshot has the change.
 */
final class Changes {
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long GIVE_UP_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final LargeSite site;
    private final Directory directory;
    private final List<Pending> pending = new ArrayList<>();
    private final List<Long> nanos = new ArrayList<>();

    private record Change(String program, Predicate<Snapshot> isSeen) {}

    private record Pending(Predicate<Snapshot> isSeen, long committedAt) {}

    /** In milliseconds. */
    record Latency(long median, long worst) {}

    Changes(LargeSite site, Directory directory) {
        this.site = site;
        this.directory = directory;
    }

    Latency measure(int count) throws InterruptedException, ExecutionException {
        FutureTask<Void> writing = new FutureTask<>(() -> write(count), null);
        new Thread(writing, "changes").start();
        long deadline = Long.MAX_VALUE;
        while (seen() < count) {
            if (writing.isDone() && deadline == Long.MAX_VALUE) {
                writing.get();
                deadline = System.nanoTime() + GIVE_UP_NANOS;
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("a change was never seen");
            }
            look();
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return new Latency(
                millis(sorted[sorted.length / 2]),
                millis(Arrays.stream(sorted).max().orElseThrow()));
    }

    private void write(int count) {
        long next = System.nanoTime();
        for (int i = 0; i < count; i++) {
            LockSupport.parkNanos(next - System.nanoTime());
            next += INTERVAL_NANOS;
            Change change = change(i);
            site.change(change.program());
            synchronized (pending) {
                pending.add(new Pending(change.isSeen(), System.nanoTime()));
            }
        }
    }

    private int seen() {
        synchronized (pending) {
            return nanos.size();
        }
    }

    private void look() {
        Snapshot snapshot = directory.current().orElseThrow();
        synchronized (pending) {
            for (Iterator<Pending> left = pending.iterator(); left.hasNext(); ) {
                Pending change = left.next();
                if (change.isSeen().test(snapshot)) {
                    nanos.add(System.nanoTime() - change.committedAt());
                    left.remove();
                }
            }
        }
    }

    private Change change(int i) {
        // A prime, so that no list comes twice before each has come once.
        int list = 1 + i * 7_919 % site.lists();
        int round = i / site.lists();
        String name = LargeSite.postingAddress(list);
        String newcomer = "newcomer" + i + "@example.net";
        // Subscribed by address, not as a user; another in each round.
        String member = LargeSite.member((list - 1) * site.membersOfEach() + 1 + 2 * round);
        return switch (i % 4) {
            case 0 ->
                new Change(
                        "subscribe('%s', '%s')".formatted(name, newcomer),
                        snapshot -> member(snapshot, name, newcomer).isPresent());
            case 1 ->
                new Change(
                        "mlist('%s').members.get_member('%s').moderation_action = Action.discard"
                                .formatted(name, member),
                        snapshot -> member(snapshot, name, member)
                                .flatMap(Membership::moderationAction)
                                .equals(Optional.of(ModerationAction.DISCARD)));
            case 2 ->
                new Change(
                        "mlist('%s').members.get_member('%s').unsubscribe()".formatted(name, member),
                        snapshot -> member(snapshot, name, member).isEmpty());
            default ->
                new Change(
                        "IBanManager(None).ban('%s')".formatted(newcomer),
                        snapshot -> snapshot.siteBans().literals().contains(newcomer));
        };
    }

    private static Optional<Membership> member(Snapshot snapshot, String list, String email) {
        return snapshot.list(list).map(MailingList::members).flatMap(members -> members.find(email));
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}

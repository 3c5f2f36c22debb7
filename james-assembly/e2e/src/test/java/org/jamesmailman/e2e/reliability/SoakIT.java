// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jamesmailman.e2e.PrivateJames;
import org.jamesmailman.e2e.load.Vitals;
import org.jamesmailman.testing.Await;
import org.jamesmailman.testing.MailmanRest.Role;
import org.jamesmailman.testing.PickleReader;
import org.jamesmailman.testing.PrivateMailman;
import org.jamesmailman.testing.QueueDirectory;
import org.junit.jupiter.api.Test;

/**
 * Half of what the server can take, for long, while Mailman's lists change: memory and file descriptors stay as they
 * are, and no message is lost or doubled. A stand-in for Mailman's runner takes the entries away as fast as they come,
 * which the real one cannot.
 *
 * <p>{@code -Dmailman.soak.seconds=1800} is the long form.
 */
class SoakIT {
    private static final int SECONDS = Integer.getInteger("mailman.soak.seconds", 20);
    private static final int PEAK_SECONDS = SECONDS > 60 ? 30 : 4;
    private static final int SENDERS = 8;
    private static final int LOOKS = 30;
    private static final int READ_ONE_IN = 200;
    private static final long MAX_HEAP_GROWTH = 48L * 1024 * 1024;
    private static final long CHANGE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicLong told = new AtomicLong();

    /** Names of entries that a sender was told of and that were not seen yet, and the other way round. */
    private final Set<String> unseen = new HashSet<>();

    private final Set<String> untold = new HashSet<>();
    private final AtomicInteger changes = new AtomicInteger();
    private volatile boolean isOver;

    @Test
    void staysAsItIsAndLosesAndDoublesNothing() throws Exception {
        try (PrivateMailman mailman = PrivateMailman.builder().start()) {
            Posts.createList(mailman.rest());
            try (PrivateJames james =
                    PrivateJames.inFrontOf(mailman).asMailman().start()) {
                Thread runner = begin("stand-in for the runner", () -> work(mailman));
                long perSecond = peak(james) / 2;
                Vitals before = Vitals.of(james.program());
                Thread changer = begin("changes in Mailman", () -> change(mailman));
                System.out.printf(
                        "%d messages a second, half of the peak; before: %s%n", perSecond, line(james, before));
                send(james, TimeUnit.SECONDS.toNanos(SENDERS) / perSecond);
                Await.until("the last entries", this::areEven);
                Await.until(
                        "the end of all connections",
                        () -> Vitals.of(james.program()).descriptors() <= before.descriptors());
                Vitals after = Vitals.of(james.program());
                isOver = true;
                runner.join();
                changer.join();
                System.out.printf(
                        "%d messages taken, %d lost, %d doubled, %d changes in Mailman; after: %s%n",
                        told.get(), unseen.size(), untold.size(), changes.get(), line(james, after));
                assertThat(after.heapOctets()).isLessThan(before.heapOctets() + MAX_HEAP_GROWTH);
                assertThat(changes.get()).isPositive();
            }
        }
    }

    private static Thread begin(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.start();
        return thread;
    }

    /** How many messages a second are taken as fast as the senders bring them. */
    private long peak(PrivateJames james) {
        List<Sender> senders = senders(james, 0);
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        long begun = System.nanoTime();
        long before = told.get();
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(PEAK_SECONDS));
        long taken = told.get() - before;
        long nanos = System.nanoTime() - begun;
        close(senders);
        return Math.max(2L * SENDERS, taken * TimeUnit.SECONDS.toNanos(1) / nanos);
    }

    private void send(PrivateJames james, long intervalNanos) {
        List<Sender> senders = senders(james, intervalNanos);
        for (int look = 1; look <= LOOKS; look++) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(SECONDS) / LOOKS);
            if (look % (SECONDS > 60 ? 1 : LOOKS / 3) == 0) {
                System.out.printf(
                        "%d s, %d messages: %s%n",
                        look * SECONDS / LOOKS, told.get(), line(james, Vitals.of(james.program())));
            }
        }
        close(senders);
    }

    private List<Sender> senders(PrivateJames james, long intervalNanos) {
        List<Sender> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            senders.add(new Sender(james.port(), Posts.LIST, numbers, this::tell, intervalNanos));
        }
        return senders;
    }

    private static void close(List<Sender> senders) {
        senders.forEach(Sender::close);
        assertThat(senders).allSatisfy(sender -> {
            assertThat(sender.trouble()).isEmpty();
            assertThat(sender.putOff()).isZero();
        });
    }

    private synchronized void tell(String entry) {
        told.incrementAndGet();
        if (!untold.remove(entry)) {
            unseen.add(entry);
        }
    }

    private synchronized void see(String entry) {
        if (!unseen.remove(entry)) {
            untold.add(entry);
        }
    }

    private synchronized boolean areEven() {
        return unseen.isEmpty() && untold.isEmpty();
    }

    private void work(PrivateMailman mailman) {
        QueueDirectory in = mailman.site().queue("in");
        int count = 0;
        try (PickleReader reader = PickleReader.start()) {
            while (!isOver) {
                List<Path> entries = in.entries();
                for (Path entry : entries) {
                    if (count++ % READ_ONE_IN == 0) {
                        reader.read(entry);
                    }
                    Files.delete(entry);
                    see(entry.getFileName().toString().replace(".pck", ""));
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(entries.isEmpty() ? 20 : 200));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void change(PrivateMailman mailman) {
        while (!isOver) {
            int number = changes.incrementAndGet();
            String member = mailman.rest()
                    .subscribe("ant." + Posts.DOMAIN, "member-" + number % 100 + "@example.com", Role.MEMBER);
            mailman.rest().moderate(member, "accept");
            mailman.rest().unsubscribe(member);
            LockSupport.parkNanos(CHANGE_NANOS);
        }
    }

    private static String line(PrivateJames james, Vitals vitals) {
        return String.format(
                Locale.ROOT, "%s, %d MiB resident", vitals, james.program().residentKib() / 1024);
    }
}

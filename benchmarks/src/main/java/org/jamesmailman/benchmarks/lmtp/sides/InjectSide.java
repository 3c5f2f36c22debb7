// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp.sides;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jamesmailman.benchmarks.lmtp.Measurement;
import org.jamesmailman.benchmarks.lmtp.Workload;
import org.jamesmailman.benchmarks.lmtp.load.Posts;
import org.jamesmailman.testing.MailmanSite;
import org.jamesmailman.testing.TemporaryFolder;

/**
 * A program for each message and recipient, as Postfix's {@code pipe} starts it: {@code mailman inject}. It is so slow
 * that it is not measured for a time but for a number of messages, one for each session.
 */
final class InjectSide implements Side {
    private final MailmanSite site;
    private final int lists;
    private final StoredFiles stored;
    private final TemporaryFolder folder = TemporaryFolder.create("inject");

    InjectSide(MailmanSite site, int lists, StoredFiles stored) {
        this.site = site;
        this.lists = lists;
        this.stored = stored;
    }

    @Override
    public String name() {
        return "mailman inject";
    }

    @Override
    public Measurement measure(Workload workload, Span span) {
        stored.delete();
        Posts posts = new Posts(
                workload.size(), workload.recipients(), lists, Sites.MEMBERS_OF_EACH, "inject" + System.nanoTime());
        List<Runnable> injections = new ArrayList<>();
        for (int i = 0; i < workload.sessions(); i++) {
            Posts.Post post = posts.next();
            Path file = write(post, i);
            injections.add(
                    () -> post.recipients().forEach(list -> site.command("inject", "-f", file.toString(), list)));
        }
        ProcessCost cost = new ProcessCost(ProcessHandle.current().pid());
        long cpuBefore = cost.childrenNanos();
        long start = System.nanoTime();
        List<Double> millis = run(injections);
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpuMillis = (cost.childrenNanos() - cpuBefore) / 1e6 / millis.size();
        Collections.sort(millis);
        double worst = millis.get(millis.size() - 1);
        return new Measurement(
                millis.size() / seconds, 0, millis.get(millis.size() / 2), worst, worst, cpuMillis, Double.NaN);
    }

    private static List<Double> run(List<Runnable> injections) {
        ExecutorService threads = Executors.newFixedThreadPool(injections.size());
        try {
            List<Future<Double>> running = injections.stream()
                    .map(injection -> threads.submit(() -> millisOf(injection)))
                    .toList();
            List<Double> millis = new ArrayList<>();
            for (Future<Double> injection : running) {
                millis.add(injection.get());
            }
            return millis;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("mailman inject has failed", e);
        } finally {
            threads.shutdown();
        }
    }

    private static double millisOf(Runnable injection) {
        long start = System.nanoTime();
        injection.run();
        return (System.nanoTime() - start) / 1e6;
    }

    /** As a file: without the line that ends it on the wire, and with the line ends of Unix. */
    private Path write(Posts.Post post, int number) {
        String wire = StandardCharsets.US_ASCII.decode(post.content()).toString();
        Path file = folder.path().resolve("message" + number);
        try {
            Files.writeString(file, wire.substring(0, wire.length() - 3).replace("\r\n", "\n"));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        return file;
    }

    @Override
    public long stored() {
        return stored.count();
    }

    @Override
    public void close() {
        folder.close();
    }
}

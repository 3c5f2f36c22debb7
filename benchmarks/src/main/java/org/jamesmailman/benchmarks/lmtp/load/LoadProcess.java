// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.LongSupplier;

/** The {@link LoadClient}'s process. Used by one thread. */
public final class LoadProcess implements AutoCloseable {
    private final Process process;
    private final PrintStream orders;
    private final BufferedReader answers;

    private LoadProcess(Process process) {
        this.process = process;
        this.orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII);
        this.answers = process.inputReader(StandardCharsets.US_ASCII);
    }

    /** Starts it. */
    public static LoadProcess start() {
        try {
            return new LoadProcess(new ProcessBuilder(
                            ProcessHandle.current().info().command().orElse("java"),
                            // It shares the processors with the server that it measures.
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Xmn64m",
                            "-Xmx512m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            LoadClient.class.getName())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the load client", e);
        }
    }

    /**
     * Puts load on a server or on the disk.
     *
     * @param meter is read when the measured window begins and when it ends, as of the processor time that is used
     * @throws IllegalStateException with what the load client says, when it fails
     */
    public Metered run(LoadOrder order, LongSupplier meter) {
        orders.println(order.line());
        expect("BEGUN");
        long before = meter.getAsLong();
        expect("OVER");
        long used = meter.getAsLong() - before;
        return new Metered(LoadResult.parse(expect("RESULT ")), used);
    }

    /** The processor time that it has used itself, in nanoseconds. */
    public long cpuNanos() {
        return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
    }

    private String expect(String start) {
        try {
            String line = answers.readLine();
            if (line == null || !line.startsWith(start)) {
                throw new IllegalStateException("the load client says: " + line);
            }
            return line.substring(start.length());
        } catch (IOException e) {
            throw new UncheckedIOException("the load client cannot be heard", e);
        }
    }

    @Override
    public void close() {
        orders.close();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /**
     * What was seen, and what the meter counted meanwhile.
     *
     * @param metered in the meter's own unit
     */
    public record Metered(LoadResult result, long metered) {}
}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** No message costs more than its size: what is counted is octets read and memory taken, never time. */
class HostileMessagesTest {
    private static final SiteChecks ALL = SiteChecks.of(EnumSet.allOf(SiteDefect.class));
    private static final int SIZE = 1 << 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TestFactory
    List<DynamicTest> takesMemoryThatGrowsNoFasterThanTheMessageOf() {
        Map<String, byte[]> small = HostileMessages.of(SIZE);
        Map<String, byte[]> large = HostileMessages.of(4 * SIZE);
        List<DynamicTest> tests = new ArrayList<>();
        small.forEach((name, message) -> tests.add(DynamicTest.dynamicTest(name, () -> {
            allocated(message);
            long once = allocated(message);
            long fourTimes = allocated(large.get(name));

            assertThat(fourTimes).as("%d octets for %d", fourTimes, 4 * SIZE).isLessThan(5 * once + SIZE);
            assertThat(once).as("octets allocated for one of %d", SIZE).isLessThan(80L * SIZE);
        })));
        return tests;
    }

    @TestFactory
    List<DynamicTest> readsOnceTheMessageOf() {
        List<DynamicTest> tests = new ArrayList<>();
        HostileMessages.of(SIZE)
                .forEach((name, message) -> tests.add(DynamicTest.dynamicTest(name, () -> {
                    Counted counted = new Counted(message);
                    new MimeAnalyzer().analyze(counted, ALL);

                    assertThat(counted.octets).isLessThanOrEqualTo(message.length);
                    assertThat(counted.reads).isLessThanOrEqualTo(message.length / 8000 + 3);
                })));
        return tests;
    }

    @Test
    void readsAMessageOf32MegabytesToItsEndForASiteThatWantsIt() throws IOException {
        byte[] message = HostileMessages.of(32 << 20).get("one line");

        MimeAnalysis analysis = new MimeAnalyzer().analyze(new HeapMessage(message), ALL);

        assertThat(analysis.siteDefects()).containsExactly(SiteDefect.LONG_BODY_LINE);
    }

    @Test
    void takesAHundredThousandPartsAndCountsThem() throws IOException {
        byte[] message = HostileMessages.of(700_000).get("parts");

        MimeAnalysis analysis = new MimeAnalyzer().analyze(new HeapMessage(message), ALL);

        assertThat(analysis.isSound()).isTrue();
        assertThat(analysis.siteDefects()).containsExactly(SiteDefect.TOO_MANY_PARTS);
    }

    private static long allocated(byte[] message) throws IOException {
        HeapMessage octets = new HeapMessage(message);
        MimeAnalyzer analyzer = new MimeAnalyzer();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        analyzer.analyze(octets, ALL);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    /** A message that counts how it is read. */
    private static final class Counted implements WireMessage {
        private final HeapMessage message;
        private long octets;
        private long reads;

        Counted(byte[] octets) {
            this.message = new HeapMessage(octets);
        }

        @Override
        public long size() {
            return message.size();
        }

        @Override
        public InputStream openStream() {
            return new FilterInputStream(message.openStream()) {
                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    int count = super.read(buffer, offset, length);
                    octets += Math.max(count, 0);
                    reads++;
                    return count;
                }
            };
        }
    }
}

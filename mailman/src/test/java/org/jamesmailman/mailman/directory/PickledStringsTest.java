// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PickledStringsTest {
    /** {@code pickle.dumps(MutableList(['^a@b', 'x@é', 'x@é']), 5)}, the last two the same object. */
    private static final String PROTOCOL_5 =
            "80059542000000000000008c1673716c616c6368656d792e6578742e6d757461626c65948c0b"
                    + "4d757461626c654c697374949394"
                    + "5d94288c045e614062948c047840c3a9946805658594529" + "42e";

    /** The same with protocol 2. */
    private static final String PROTOCOL_2 =
            "80026373716c616c6368656d792e6578742e6d757461626c650a4d757461626c654c6973740a"
                    + "71005d710128580400000"
                    + "05e61406271025804000000784" + "0c3a9710368036585710452710" + "52e";

    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    @ParameterizedTest
    @CsvSource({PROTOCOL_5, PROTOCOL_2})
    void readsAMutableList(String pickle) {
        assertThat(PickledStrings.read(octets(pickle))).contains(List.of("^a@b", "x@é", "x@é"));
    }

    @ParameterizedTest
    @CsvSource({
        // pickle.dumps([], 5), pickle.dumps(['a'], 5), pickle.dumps(['a'], 3), pickle.dumps(['a', 'b'], 4)
        "80055d942e,''",
        "80059509000000000000005d948c016194612e,a",
        "80035d7100580100000061710161" + "2e,a",
        "8004950e000000000000005d94288c0161948c01629465" + "2e,a b",
    })
    void readsAPlainList(String pickle, String strings) {
        assertThat(PickledStrings.read(octets(pickle)).orElseThrow())
                .hasToString(strings.isEmpty() ? "[]" : "[" + strings.replace(" ", ", ") + "]");
    }

    @ParameterizedTest
    @CsvSource({
        // os.system('id'), in protocols 2 and 4
        "8002636f730a73797374656d0a5802000000696485522e",
        "80048c026f738c0673797374656d938c02696485522e",
        // a dictionary, a number, None, a tuple, bytes, an integer in a list, a list in a list
        "80057d942e",
        "80054b012e",
        "80054e2e",
        "8005292e",
        "800543016194" + "2e",
        "80055d944b01612e",
        "80055d945d94612e",
        // one string, the class itself, MutableList of a string, two results, none
        "80058c016194" + "2e",
        "800373716c2e",
        "80055d5d2e",
        "80052e",
        "2e",
        "''",
        // a list that holds itself
        "80055d9468006" + "12e",
        // protocols 0 and 6, an unknown instruction, something behind the end
        "286c70302e",
        "80065d942e",
        "8005ff2e",
        "80055d942e00",
        // the memo's empty places, a mark without a list, appending to a string
        "800568002e",
        "80055d94282e",
        "8005652e",
        "80058c01618c0162612e",
        // strings longer than what is left, and of negative length; broken UTF-8
        "80058cff612e",
        "800558ffffffff612e",
        "80058dffffffffffffffff612e",
        "80055d8c01ff612e",
    })
    void findsAnythingElseIllegible(String pickle) {
        assertThat(PickledStrings.read(octets(pickle))).isEmpty();
    }

    @Test
    void findsEveryTruncatedPickleIllegible() {
        byte[] whole = octets(PROTOCOL_5);
        for (int length = 0; length < whole.length; length++) {
            assertThat(PickledStrings.read(Arrays.copyOf(whole, length))).isEmpty();
        }
    }

    @Test
    void findsATooLargePickleIllegible() {
        assertThat(PickledStrings.read(new byte[PickledStrings.MAX_OCTETS + 1])).isEmpty();
        byte[] marks = new byte[PickledStrings.MAX_OCTETS];
        Arrays.fill(marks, (byte) '(');
        assertThat(PickledStrings.read(marks)).isEmpty();
    }

    @Test
    void answersWhateverTheOctets() {
        SplittableRandom random = new SplittableRandom(20260101);
        byte[] whole = octets(PROTOCOL_5);
        for (int i = 0; i < 50_000; i++) {
            byte[] mutant = whole.clone();
            for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
                mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
            }
            PickledStrings.read(mutant)
                    .ifPresent(strings -> assertThat(String.join("", strings).getBytes(StandardCharsets.UTF_8).length)
                            .isLessThanOrEqualTo(whole.length * 3));
        }
    }
}

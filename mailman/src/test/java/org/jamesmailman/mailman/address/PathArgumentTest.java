// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jamesmailman.mailman.address.PathArgument.Parameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathArgumentTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "FROM:<anne@example.com>                  | anne@example.com",
                "from:<anne@example.com>                  | anne@example.com",
                "FROM: <anne@example.com>                 | anne@example.com",
                "FROM:   <anne@example.com>               | anne@example.com",
                "FROM:<Anne@EXAMPLE.com>                  | Anne@EXAMPLE.com",
                "FROM:<anne>                              | anne",
                "FROM:<a..b@docomo.example>               | a..b@docomo.example",
                "FROM:<.a@example.com>                    | .a@example.com",
                "FROM:<ant-bounces+x=y.example@example.com> | ant-bounces+x=y.example@example.com",
                "FROM:<o'brien/x=y@example.com>           | o'brien/x=y@example.com",
                "FROM:<anne@[192.0.2.1]>                  | anne@[192.0.2.1]",
                "FROM:<anne@[IPv6:2001:db8::1]>           | anne@[IPv6:2001:db8::1]",
                "FROM:<\"anne elk\"@example.com>          | \"anne elk\"@example.com",
                "FROM:<\"a>b\"@example.com>               | \"a>b\"@example.com",
                "FROM:<\"a<b\"@example.com>               | \"a<b\"@example.com",
                "FROM:<\"a\\\">b\"@example.com>           | \"a\\\">b\"@example.com",
                "FROM:<\"a\\\\\"@example.com>             | \"a\\\\\"@example.com",
                "FROM:<\"@r:\"@example.com>               | \"@r:\"@example.com",
                "FROM:<\"anne\"@example.com>              | anne@example.com",
                "FROM:<\"a\\n\\ne.elk\"@example.com>     | anne.elk@example.com",
                "FROM:<\"a..b\"@example.com>              | \"a..b\"@example.com",
                "FROM:<\"\"@example.com>                  | \"\"@example.com",
                "FROM:<@relay.example:anne@example.com>   | anne@example.com",
                "FROM:<@a.example,@b.example:anne@example.com> | anne@example.com",
                "FROM:<@a.example:@b.example:anne@example.com> | @a.example:@b.example:anne@example.com",
                "FROM:<@\"a:<\"@example.com>              | @\"a:<\"@example.com"
            })
    void findsTheAddressInTheBrackets(String argument, String address) {
        assertThat(PathArgument.parse("FROM", argument)).contains(new PathArgument(address, List.of()));
    }

    @Test
    void findsTheNullReversePath() {
        assertThat(PathArgument.parse("FROM", "FROM:<>")).contains(new PathArgument("", List.of()));
    }

    @Test
    void findsParametersInTheirOrderWhateverTheirCase() {
        assertThat(PathArgument.parse("FROM", "FROM:<a@b.example>  size=12 Body=8BITMIME   X-FLAG y==z ="))
                .contains(new PathArgument(
                        "a@b.example",
                        List.of(
                                new Parameter("SIZE", Optional.of("12")),
                                new Parameter("BODY", Optional.of("8BITMIME")),
                                new Parameter("X-FLAG", Optional.empty()),
                                new Parameter("Y", Optional.of("=z")),
                                new Parameter("", Optional.of("")))));
    }

    @Test
    void knowsItsKeyword() {
        assertThat(PathArgument.parse("TO", "TO:<ant@example.com>")).isPresent();
        assertThat(PathArgument.parse("TO", "FROM:<ant@example.com>")).isEmpty();
        assertThat(PathArgument.parse("FROM", "TO:<ant@example.com>")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "FROM",
                "FROM:",
                "FROM: ",
                "FROM:anne@example.com",
                "FROM :<anne@example.com>",
                "FROM <anne@example.com>",
                "FROM:<anne@example.com",
                "FROM:anne@example.com>",
                "FROM:anne <anne@example.com>",
                "FROM:<anne@example.com>SIZE=1",
                "FROM:<anne@example.com>\tSIZE=1",
                "FROM:<<anne@example.com>>",
                "FROM:<anne<x@example.com>",
                "FROM:<\"anne@example.com>",
                "FROM:<\"anne\\\"@example.com>",
                "FROM:<\"anne\\",
                "FROM:< >",
                "FROM:< anne@example.com>",
                "FROM:<anne@example.com >",
                "FROM:<anne elk@example.com>",
                "FROM:<anne\telk@example.com>",
                "FROM:<anne\relk@example.com>",
                "FROM:<anne\nelk@example.com>",
                "FROM:<anne\0elk@example.com>",
                "FROM:<\"anne\relk\"@example.com>",
                "FROM:<\"anne\\\relk\"@example.com>",
                "FROM:<anne\u007f@example.com>",
                "FROM:<grüße@example.com>",
                "FROM:<\ufffd@example.com>",
                "FROM:<@relay.example:>"
            })
    void refusesWhatIsNoPath(String argument) {
        assertThat(PathArgument.parse("FROM", argument)).isEmpty();
    }

    @Test
    void takesAPathOfTwiceTheLengthThatTheStandardAsksForAndNoLonger() {
        // RFC 5321 4.5.3.1.3: 256 octets, brackets included.
        String longest = "a".repeat(2 * 256 - 14) + "@example.com";

        assertThat(PathArgument.parse("TO", "TO:<" + longest + ">")).contains(new PathArgument(longest, List.of()));
        assertThat(PathArgument.parse("TO", "TO:<a" + longest + ">")).isEmpty();
    }

    @Test
    void takesTwentyParametersAndNoMore() {
        assertThat(PathArgument.parse("FROM", "FROM:<>" + " X".repeat(20)))
                .hasValueSatisfying(path -> assertThat(path.parameters()).hasSize(20));
        assertThat(PathArgument.parse("FROM", "FROM:<>" + " X".repeat(21))).isEmpty();
    }

    static Stream<String> hostileArguments() {
        String many = "x".repeat(1_000_000);
        return Stream.of(
                "FROM:<" + many,
                "FROM:<" + many + ">",
                "FROM:<\"" + "\\\"".repeat(500_000) + "\"@x>",
                "FROM:" + " ".repeat(1_000_000),
                "FROM:<>" + " X=1".repeat(250_000),
                "FROM:<" + "<".repeat(1_000_000),
                "FROM:<" + "@a,".repeat(300_000) + ":x@y>");
    }

    @ParameterizedTest
    @MethodSource("hostileArguments")
    void refusesAMillionCharacters(String argument) {
        assertThat(PathArgument.parse("FROM", argument)).isEmpty();
    }

    @Test
    void takesManyBlanksForNone() {
        assertThat(PathArgument.parse("FROM", "FROM:<a@b>" + " ".repeat(1_000_000)))
                .contains(new PathArgument("a@b", List.of()));
    }
}

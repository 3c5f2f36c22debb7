// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.address;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jamesmailman.mailman.PythonPeer;
import org.jamesmailman.mailman.directory.SnapshotFixture;

/**
 * For {@code fuzz.sh recipient}: any octets behind {@code RCPT} are read or refused, what is read is an address that
 * harms nobody, and an ordinary address leads where Mailman's own LMTP handler would put its mail.
 */
public final class RecipientFuzzTarget {
    private static final SnapshotFixture NAMES = new SnapshotFixture()
            .withDomain("example.com", "alias.example")
            .withDomain("b.example")
            .withList("ant@example.com")
            .withList("ant-join@example.com")
            .withList("a-b@example.com")
            .withList("request@b.example")
            .withList("ant-owner-owner@b.example");
    private static final RecipientResolver RESOLVER = new RecipientResolver("+");

    /** What Mailman's {@code parseaddr} leaves as it is: atoms of RFC 5322 with dots between. */
    private static final Pattern ORDINARY = Pattern.compile(
            "[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[a-z0-9-]+(\\.[a-z0-9-]+)*");

    private static final Pattern PRINTABLE = Pattern.compile("[ -~]*");
    private static final RecipientFuzzTarget TARGET = startInTemporaryDirectory();

    private final PythonPeer mailman;

    private RecipientFuzzTarget(PythonPeer mailman) {
        this.mailman = mailman;
    }

    /** Jazzer calls this. */
    public static void fuzzerTestOneInput(byte[] octets) {
        TARGET.check(octets);
    }

    private static RecipientFuzzTarget startInTemporaryDirectory() {
        try {
            return start(Files.createTempDirectory("recipients"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RecipientFuzzTarget start(Path directory) {
        PythonPeer mailman = PythonPeer.start("lmtp-peer.py", directory.toString());
        mailman.ask(Map.of(
                "lists",
                NAMES.postingAddresses(),
                "domains",
                List.of(Arrays.asList("example.com", "alias.example"), Arrays.asList("b.example", null)),
                "delimiter",
                "+"));
        return new RecipientFuzzTarget(mailman);
    }

    void close() {
        mailman.close();
    }

    void check(byte[] octets) {
        String argument = new String(octets, StandardCharsets.ISO_8859_1);
        Optional<PathArgument> path = PathArgument.parse("TO", argument);
        path.ifPresent(this::check);
    }

    private void check(PathArgument path) {
        String address = path.address();
        assertThat(address).matches(PRINTABLE).hasSizeLessThan(PathArgument.MAX_PATH_LENGTH);
        assertThat(PathArgument.parse("TO", "TO:<" + address + ">"))
                .as("what is read is read again to the same")
                .map(PathArgument::address)
                .contains(address);
        Resolution resolution = RESOLVER.resolve(address, NAMES);
        assertThat(RESOLVER.resolve(address.toUpperCase(Locale.ROOT), NAMES)).isEqualTo(resolution);
        Optional<Destination> found =
                resolution instanceof Resolution.Found answer ? Optional.of(answer.destination()) : Optional.empty();
        found.ifPresent(destination ->
                assertThat(NAMES.listIdOf(destination.postingAddress())).contains(destination.listId()));
        if (!(resolution instanceof Resolution.Malformed)
                && ORDINARY.matcher(address.toLowerCase(Locale.ROOT)).matches()) {
            compare(address, found);
        }
    }

    private void compare(String address, Optional<Destination> found) {
        JsonNode expected = mailman.ask(Map.of("rcpt", address));
        assertThat(found.isEmpty()).as(address).isEqualTo(expected.isNull());
        found.ifPresent(destination -> {
            assertThat(destination.listId()).isEqualTo(expected.get("listid").asText());
            assertThat(destination.queue()).isEqualTo(expected.get("queue").asText());
            assertThat(destination.subaddress().map(Subaddress::canonicalName))
                    .isEqualTo(Optional.ofNullable(expected.get("subaddress").textValue()));
        });
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the senders of a message in the headers that Mailman's {@code [mailman] sender_headers} names, as
 * {@code Message.senders} of {@code mailman/email/message.py} does. Immutable and thread-safe.
 */
public final class SenderHeaders {
    /** The name that stands for the reverse-path among the headers. */
    static final String REVERSE_PATH = "from_";

    /** In characters, of all sender headers together. More is left to Mailman: reading them is not free. */
    private static final int MAX_LENGTH = 1 << 16;

    /** Each sender is held against each ban. */
    private static final int MAX_SENDERS = 100;

    private final List<String> names;

    /** @param names of the headers in the order of their weight, in any case; {@code from_} is the reverse-path */
    public SenderHeaders(List<String> names) {
        this.names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    /**
     * The senders of a message.
     *
     * @param headers of the message
     * @param reversePath the bare address of MAIL FROM; of the null reverse-path {@code <>} or nothing
     */
    public Senders read(Headers headers, String reversePath) {
        if (!headers.isComplete()) {
            return new Senders.Undecidable("the header is larger than we look at");
        }
        List<String> senders = new ArrayList<>();
        int length = 0;
        for (String name : names) {
            if (name.equals(REVERSE_PATH)) {
                SenderAddress.validated(reversePath).ifPresent(senders::add);
                continue;
            }
            for (String value : headers.values(name)) {
                length += value.length();
                if (length > MAX_LENGTH) {
                    return new Senders.Undecidable("the headers that name the senders are longer than we read");
                }
                Optional<List<String>> found = addresses(value);
                if (found.isEmpty()) {
                    return new Senders.Undecidable("Mailman may read " + name + " in another way than we do");
                }
                senders.addAll(found.get());
                if (senders.size() > MAX_SENDERS) {
                    return new Senders.Undecidable("the message has too many senders");
                }
            }
        }
        return new Senders.Known(senders);
    }

    /** The valid addresses of one header; nothing when they cannot be told for certain. */
    private static Optional<List<String>> addresses(String value) {
        return EncodedWords.decode(value).map(SenderHeaders::unfolded).flatMap(SenderHeaders::undisputed);
    }

    private static String unfolded(String value) {
        return value.replace("\r", "").replace("\n", "");
    }

    /**
     * What both kinds of Python find: the lenient {@code email.utils.getaddresses}, and the strict one that came with
     * CVE-2023-27043.
     */
    private static Optional<List<String>> undisputed(String value) {
        AddressList parsed = AddressList.parse(value);
        if (parsed.isTooDeep()) {
            return Optional.empty();
        }
        List<String> lenient = valid(parsed.addresses());
        List<String> strict = valid(StrictAddresses.from(value, parsed));
        return lenient.equals(strict) ? Optional.of(lenient) : Optional.empty();
    }

    private static List<String> valid(List<String> addresses) {
        return addresses.stream()
                .map(SenderAddress::validated)
                .flatMap(Optional::stream)
                .toList();
    }
}

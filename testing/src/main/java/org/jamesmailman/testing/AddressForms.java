// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing;

import java.util.List;
import java.util.stream.Stream;

/**
 * The forms of an address in an envelope. Of recipients those that Mailman's LMTP runner tells apart
 * ({@code split_recipient} and {@code handle_RCPT} in {@code runners/lmtp.py}), and the lists that they need. What each
 * of them means is not said here: the tests ask Mailman. Stateless.
 */
public final class AddressForms {
    /** The domain of most lists; {@link #ALIAS} is its alias domain. */
    public static final String DOMAIN = "lists.example.org";

    /** The alias domain of {@link #DOMAIN}. */
    public static final String ALIAS = "alias.example.org";

    /** A second domain, without an alias. */
    public static final String OTHER_DOMAIN = "other.example.com";

    private static final List<String> LISTS = List.of(
            "ant@" + DOMAIN,
            "ant@" + OTHER_DOMAIN,
            "bee-announce@" + DOMAIN,
            "cat@" + DOMAIN,
            // Named as if a command of cat.
            "cat-request@" + DOMAIN,
            // Named as if the owners of a list that does not exist.
            "dog-owner@" + DOMAIN,
            "elk.and_elk@" + DOMAIN);

    private static final List<String> LOCAL_PARTS = List.of(
            "ant",
            "ant-bounces",
            "ant-confirm",
            "ant-join",
            "ant-leave",
            "ant-owner",
            "ant-request",
            "ant-subscribe",
            "ant-unsubscribe",
            // VERP, and the cookie of a confirmation.
            "ant-bounces+anne=example.com",
            "ant-bounces+anne+tag=example.com",
            "ant-bounces+0123456789abcdef0123456789abcdef01234567",
            "ant-confirm+0123456789abcdef0123456789abcdef01234567",
            // A detail, before and after the subaddress.
            "ant+detail",
            "ant+request",
            "ant+",
            "ant-request+detail",
            "ant+detail-request",
            // Case.
            "ANT",
            "Ant-Request",
            "ANT-BOUNCES+Anne=Example.COM",
            // Lists whose names hold what separates.
            "bee-announce",
            "bee-announce-owner",
            "bee",
            "cat-request",
            "cat-request-request",
            "cat-request+x",
            "cat-owner",
            "dog-owner",
            "dog-owner-owner",
            "dog",
            "elk.and_elk",
            "elk.and_elk-leave",
            // No list.
            "unknown",
            "unknown-owner",
            "-owner",
            "owner",
            "ant-admin",
            "ant-",
            "-ant",
            "ant--request",
            "+",
            "ant-join-request",
            "a%b",
            // Ways to write the same address (RFC 5321 4.1.2, RFC 5322 4.4).
            "\"ant\"",
            "\"ant-request\"",
            "\"a nt\"",
            "\"ANT+x\"",
            "@relay.example.net:ant");

    private static final List<String> NOT_OF_SMTP =
            List.of("ant @" + DOMAIN, "(comment)ant@" + DOMAIN, "ant@" + DOMAIN + "(comment)");

    private static final List<String> OTHERS = List.of(
            "ant@" + ALIAS,
            "ant-request@" + ALIAS,
            "ant-bounces+anne=example.com@" + ALIAS,
            "ANT-Owner@" + "Alias.Example.ORG",
            "ant@" + "LISTS.Example.ORG",
            "ant@" + OTHER_DOMAIN,
            "ant-owner@" + OTHER_DOMAIN,
            "cat@" + OTHER_DOMAIN,
            "ant@unserved.example.net",
            "ant@sub." + DOMAIN,
            "ant@" + DOMAIN + ".",
            "ant@alias.example.org.example.org",
            "ant");

    private static final List<String> REVERSE_PATHS = List.of(
            "",
            "anne@example.com",
            "Anne@EXAMPLE.com",
            "anne+tag@example.com",
            "prvs=1234567890=anne@example.com",
            "ant-bounces+anne=example.com@lists.example.org",
            "\"anne bee\"@example.com",
            "o'neil@example.com",
            "a@b",
            "x".repeat(64) + "@" + "y".repeat(60) + ".example.com");

    private AddressForms() {}

    /** Makes the domains and lists that the forms are about. */
    public static void createLists(MailmanRest rest) {
        rest.createDomain(DOMAIN, ALIAS);
        rest.createDomain(OTHER_DOMAIN);
        LISTS.forEach(rest::createList);
    }

    /** The posting addresses of the lists. */
    public static List<String> lists() {
        return LISTS;
    }

    /** Reverse-paths, each without angle brackets; the empty one is the null reverse-path. */
    public static List<String> reversePaths() {
        return REVERSE_PATHS;
    }

    /** Recipients, each without angle brackets. */
    public static List<String> recipients() {
        return Stream.concat(LOCAL_PARTS.stream().map(local -> local + '@' + DOMAIN), OTHERS.stream())
                .toList();
    }

    /**
     * Recipients that Mailman's runner takes for {@code ant}'s posting address although RFC 5321 has no such form: it
     * reads a path as if it stood in a header. No mail server sends them.
     */
    public static List<String> recipientsUnknownToSmtp() {
        return NOT_OF_SMTP;
    }
}

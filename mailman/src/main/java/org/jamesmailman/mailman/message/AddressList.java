// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.message;

import java.util.ArrayList;
import java.util.List;

/**
 * The addresses of a header as Python's lenient parser finds them ({@code email._parseaddr.AddrlistClass}): mailboxes,
 * groups, routes, comments, quoted strings, and whatever comes out of anything else. Names are read over.
 */
final class AddressList {
    /** Python recurses here and raises at about a thousand; no header that is meant well nests ten. */
    private static final int MAX_DEPTH = 32;

    private final AddressScanner scanner;
    private final List<String> addresses = new ArrayList<>();
    private boolean tooDeep;

    private AddressList(String header) {
        scanner = new AddressScanner(header);
    }

    /** Parses an unfolded and decoded header. */
    static AddressList parse(String header) {
        AddressList list = new AddressList(header);
        while (!list.scanner.isAtEnd() && !list.isTooDeep()) {
            int before = list.addresses.size();
            list.address(0);
            if (list.addresses.size() == before) {
                list.addresses.add("");
            }
        }
        return list;
    }

    /** In order; an empty string stands for what is no address. */
    List<String> addresses() {
        return addresses;
    }

    /** Whether groups or comments are nested so deeply that the result does not count. */
    boolean isTooDeep() {
        return tooDeep || scanner.isTooDeep();
    }

    private void address(int depth) {
        scanner.skipBlanksAndComments();
        int start = scanner.position();
        List<String> phrase = scanner.phrase();
        scanner.skipBlanksAndComments();
        if (scanner.isAt('.') || scanner.isAt('@')) {
            scanner.goTo(start);
            addresses.add(addrSpec());
        } else if (scanner.isAt(':')) {
            group(depth);
        } else if (scanner.isAt('<')) {
            addresses.add(routeAddr());
        } else if (!phrase.isEmpty()) {
            addresses.add(phrase.get(0));
        } else {
            scanner.skipOne();
        }
        scanner.skipBlanksAndComments();
        if (scanner.isAt(',')) {
            scanner.skipOne();
        }
    }

    private void group(int depth) {
        if (depth == MAX_DEPTH) {
            tooDeep = true;
        }
        scanner.skipOne();
        while (!scanner.isAtEnd() && !isTooDeep()) {
            scanner.skipBlanksAndComments();
            if (scanner.isAt(';')) {
                scanner.skipOne();
                return;
            }
            address(depth + 1);
        }
    }

    /** What stands between angle brackets, an obsolete route (RFC 5322 4.4) left out. */
    private String routeAddr() {
        scanner.skipOne();
        scanner.skipBlanksAndComments();
        boolean inRoute = false;
        while (!scanner.isAtEnd()) {
            if (inRoute) {
                scanner.domain();
                inRoute = false;
            } else if (scanner.isAt('>')) {
                scanner.skipOne();
                return "";
            } else if (scanner.isAt('@')) {
                scanner.skipOne();
                inRoute = true;
            } else if (scanner.isAt(':')) {
                scanner.skipOne();
            } else {
                String address = addrSpec();
                scanner.skipOne();
                return address;
            }
            scanner.skipBlanksAndComments();
        }
        return "";
    }

    private String addrSpec() {
        String localPart = scanner.localPart();
        if (!scanner.isAt('@')) {
            return localPart;
        }
        scanner.skipOne();
        scanner.skipBlanksAndComments();
        String domain = scanner.domain();
        return domain.isEmpty() ? "" : localPart + '@' + domain;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e.conformance;

/**
 * How a server deviates from a clause, as far as we know of it.
 *
 * @param seen what is seen of the server, exactly
 * @param why the reason, or what follows, for the page
 */
record Deviation(String seen, String why) {}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server.explain;

/**
 * A message for one recipient, and what was made of it.
 *
 * @param mailFrom as given; empty for the null reverse-path
 * @param recipient as given
 * @param octets the size of the message on the wire
 */
record Case(String mailFrom, String recipient, long octets, Explanation explanation) {}

// SPDX-License-Identifier: Apache-2.0
/**
 * The real programs that the tests talk to, each in a folder and on ports of its own: Mailman, Postfix, an SMTP sink;
 * and the messages and clients to talk with.
 *
 * <p>For tests only. Nothing here depends on the rest of the project, so that a test compares the project with the real
 * thing and not with itself.
 */
package org.jamesmailman.testing;

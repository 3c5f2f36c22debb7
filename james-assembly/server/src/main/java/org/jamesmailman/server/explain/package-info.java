// SPDX-License-Identifier: Apache-2.0
/** Tells what the server answers to a message, and why, without a server: {@code james-mailman explain}. */
package org.jamesmailman.server.explain;

// SPDX-License-Identifier: Apache-2.0
/** The load, in a process of its own: a light LMTP client of many sessions, and the plain loop that writes to the disk. */
package org.jamesmailman.benchmarks.lmtp.load;

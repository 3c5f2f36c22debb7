// SPDX-License-Identifier: Apache-2.0
/** What is compared: each side starts its own servers, on ports and in folders of their own. */
package org.jamesmailman.benchmarks.lmtp.sides;

// SPDX-License-Identifier: Apache-2.0
/** Messages to compare what two programs make of them: ordinary ones, odd ones, and malformed ones. */
package org.jamesmailman.testing.corpus;

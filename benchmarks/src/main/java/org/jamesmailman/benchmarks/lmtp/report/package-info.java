// SPDX-License-Identifier: Apache-2.0
/** What was measured, as tables and plots. */
package org.jamesmailman.benchmarks.lmtp.report;

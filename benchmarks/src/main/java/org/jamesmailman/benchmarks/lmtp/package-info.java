// SPDX-License-Identifier: Apache-2.0
/** Our server under load beside others, side by side: {@code benchmarks/lmtp.sh}. */
package org.jamesmailman.benchmarks.lmtp;

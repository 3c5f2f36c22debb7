// SPDX-License-Identifier: Apache-2.0
/** What a message goes through, part by part, measured by JMH. */
package org.jamesmailman.benchmarks.inner;

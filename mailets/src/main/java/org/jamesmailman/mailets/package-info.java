// SPDX-License-Identifier: Apache-2.0
/** James mailets that refuse, judge and enqueue list mail. */
package org.jamesmailman.mailets;

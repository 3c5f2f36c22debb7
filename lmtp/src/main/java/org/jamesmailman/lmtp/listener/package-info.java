// SPDX-License-Identifier: Apache-2.0
/** Our own LMTP listener within James: its server, its connections, its limits, its configuration. */
package org.jamesmailman.lmtp.listener;

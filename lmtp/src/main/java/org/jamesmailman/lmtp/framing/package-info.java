// SPDX-License-Identifier: Apache-2.0
/** What a client sends, cut into command lines and messages, in blocks and without knowing what they say. */
package org.jamesmailman.lmtp.framing;

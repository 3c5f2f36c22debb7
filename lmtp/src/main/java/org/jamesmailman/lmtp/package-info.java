// SPDX-License-Identifier: Apache-2.0
/** The protocol side: what James's LMTP server asks at RCPT and answers after DATA. */
package org.jamesmailman.lmtp;

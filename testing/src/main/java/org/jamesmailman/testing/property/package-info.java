// SPDX-License-Identifier: Apache-2.0
/** What the property tests of the wire draw from: messages, and the pieces in which they are sent. */
package org.jamesmailman.testing.property;

// SPDX-License-Identifier: Apache-2.0
/** What James loads first: it wires the rooms together and checks that they fit the server. */
package org.jamesmailman.extension;

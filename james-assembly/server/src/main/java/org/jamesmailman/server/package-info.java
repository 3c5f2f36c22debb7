// SPDX-License-Identifier: Apache-2.0
/** A runnable James 3.8 that has what list mail needs, and nothing else; the extension does the rest. */
package org.jamesmailman.server;

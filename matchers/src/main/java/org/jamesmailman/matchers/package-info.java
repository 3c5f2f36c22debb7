// SPDX-License-Identifier: Apache-2.0
/** James matchers over what Mailman knows. */
package org.jamesmailman.matchers;

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server.explain;

import org.jamesmailman.mailman.message.HeapMessage;

/** What one line of input asks about; the parts are as for {@link DefaultPipeline#explain}. */
record Question(String mailFrom, String recipient, HeapMessage message) {}

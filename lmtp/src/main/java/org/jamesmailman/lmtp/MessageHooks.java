// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import java.util.List;
import org.apache.james.protocols.lmtp.hook.DeliverToRecipientHook;
import org.apache.james.smtpserver.JamesMessageHook;

/**
 * The admin's own hooks that a message meets after its end.
 *
 * @param onMessage may refuse the message for all recipients
 * @param onRecipient deliver to recipients that are no lists'
 */
record MessageHooks(List<JamesMessageHook> onMessage, List<DeliverToRecipientHook> onRecipient) {}

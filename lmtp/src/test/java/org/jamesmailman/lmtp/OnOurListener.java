// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import org.junit.jupiter.api.Nested;

/** The handlers' own tests once more, on our own listener instead of James's. */
class OnOurListener {
    @Nested
    class Mail extends LmtpMailCmdHandlerTest {
        @Override
        LmtpServerFixture another() {
            return super.another().withOurListener();
        }
    }

    @Nested
    class Rcpt extends LmtpRcptCmdHandlerTest {
        @Override
        LmtpServerFixture another() {
            return super.another().withOurListener();
        }
    }

    @Nested
    class Data extends LmtpDataCmdHandlerTest {
        @Override
        LmtpServerFixture another() {
            return super.another().withOurListener();
        }
    }

    @Nested
    class Log extends ReplyLogTest {
        @Override
        LmtpServerFixture another() {
            return super.another().withOurListener();
        }
    }

    @Nested
    class Message extends MessageLineHandlerTest {
        @Override
        LmtpServerFixture another() {
            return super.another().withOurListener();
        }
    }
}

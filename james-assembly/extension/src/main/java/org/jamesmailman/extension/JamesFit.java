// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.extension;

import org.apache.mailet.Mail;

/**
 * Whether this JAR is the one for this James. James 3.8 speaks {@code javax.mail}, James 3.9 {@code jakarta.mail}; with
 * the wrong JAR everything would load, and fail on the first message.
 */
final class JamesFit {
    /** The conversion to the JAR for James 3.8 changes this, as it changes all names of mail classes. */
    private static final String OUR_MESSAGE_TYPE = "jakarta.mail.internet.MimeMessage";

    private JamesFit() {}

    /**
     * Checks the fit.
     *
     * @throws StartUpException when the other JAR is needed
     */
    static void check() {
        check(messageTypeOfJames());
    }

    static void check(String messageTypeOfJames) {
        if (!messageTypeOfJames.equals(OUR_MESSAGE_TYPE)) {
            String needed = messageTypeOfJames.startsWith("javax")
                    ? "the one whose name ends in -james38.jar"
                    : "the one whose name does not end in -james38.jar";
            throw new StartUpException(
                    "The james-mailman-extension JAR in extensions-jars/ is for another James: replace" + " it by "
                            + needed);
        }
    }

    private static String messageTypeOfJames() {
        try {
            return Mail.class.getMethod("getMessage").getReturnType().getName();
        } catch (NoSuchMethodException e) {
            throw new StartUpException("This James is older or newer than 3.8 and 3.9, for which this JAR is made", e);
        }
    }
}

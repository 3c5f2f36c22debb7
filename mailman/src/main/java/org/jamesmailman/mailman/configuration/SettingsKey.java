// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.configuration;

/** The keys of {@code mailman.properties}. */
enum SettingsKey {
    MAILMAN_CFG("mailman.cfg"),
    QUEUE_DIRECTORY("queue.directory"),
    QUEUE_HIGH_WATER("queue.high-water"),
    QUEUE_MIN_FREE("queue.min-free"),
    QUEUE_RETRANSMIT_WINDOW("queue.retransmit-window"),
    DIRECTORY_SOURCE("directory.source"),
    DIRECTORY_FILE("directory.file"),
    DIRECTORY_DATABASE_URL("directory.database.url"),
    DIRECTORY_REST_URL("directory.rest.url"),
    DIRECTORY_REST_USER("directory.rest.user"),
    DIRECTORY_REST_PASSWORD("directory.rest.password"),
    DIRECTORY_REST_POSTING_CHAIN("directory.rest.posting-chain"),
    DIRECTORY_REFRESH("directory.refresh"),
    DIRECTORY_MAX_AGE("directory.max-age"),
    DIRECTORY_SNAPSHOT("directory.snapshot"),
    POLICY_MODE("policy.mode"),
    POLICY_ON_DISCARD("policy.on-discard"),
    MESSAGE_MAX_SIZE("message.max-size"),
    LMTP_OTHER_RECIPIENTS("lmtp.other-recipients");

    private final String text;

    SettingsKey(String text) {
        this.text = text;
    }

    /** The key as it stands in the file. */
    String text() {
        return text;
    }
}

// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PrivateDatabasesTest {
    @Test
    void postgresKeepsItsDataFromStartToStart() {
        Path folder;
        try (PrivatePostgres postgres = PrivatePostgres.start()) {
            folder = postgres.socketDirectory();
            postgres.createDatabase("mailman", "secret");
            postgres.execute("mailman", "CREATE TABLE kept AS SELECT 42 AS it");
            postgres.stop();
            postgres.restart();
            assertThat(postgres.execute("mailman", "SELECT it FROM kept")).isEqualTo("42");
            assertThat(postgres.port()).isPositive();
        }
        assertThat(folder).doesNotExist();
    }

    @Test
    void mariaDbKeepsItsDataFromStartToStart() {
        Path folder;
        try (PrivateMariaDb mariaDb = PrivateMariaDb.start()) {
            folder = mariaDb.socket().getParent();
            mariaDb.createDatabase("mailman", "secret");
            mariaDb.execute("mailman", "CREATE TABLE kept AS SELECT 42 AS it");
            mariaDb.stop();
            mariaDb.restart();
            assertThat(mariaDb.execute("mailman", "SELECT it FROM kept")).isEqualTo("42");
            assertThat(mariaDb.port()).isPositive();
        }
        assertThat(folder).doesNotExist();
    }
}

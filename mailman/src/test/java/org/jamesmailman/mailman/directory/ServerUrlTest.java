// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerUrlTest {
    private static ServerUrl parse(String url) {
        return ServerUrl.parse(url).orElseThrow();
    }

    @Test
    void readsAnSqlAlchemyUrl() {
        ServerUrl url =
                parse("PostgreSQL+psycopg2://mail%40man:p%2Fw%25%20d+@db.example.com:5433/mail?sslmode=require&x=a+b");
        assertThat(url.isJdbc()).isFalse();
        assertThat(url.scheme()).isEqualTo("postgresql");
        assertThat(url.authority()).isEqualTo("db.example.com:5433");
        assertThat(url.database()).isEqualTo("mail");
        assertThat(url.user()).contains("mail@man");
        assertThat(url.password()).contains("p/w% d+");
        assertThat(url.options()).isEqualTo(Map.of("sslmode", "require", "x", "a b"));
        assertThat(url.option("sslmode")).contains("require");
    }

    @Test
    void readsAJdbcUrl() {
        ServerUrl url = parse("jdbc:mysql://[::1]:3307/mail?user=u&password=p%26w&useSsl=true");
        assertThat(url.isJdbc()).isTrue();
        assertThat(url.scheme()).isEqualTo("mysql");
        assertThat(url.authority()).isEqualTo("[::1]:3307");
        assertThat(url.user()).contains("u");
        assertThat(url.password()).contains("p&w");
        assertThat(url.options()).isEqualTo(Map.of("useSsl", "true"));
    }

    @Test
    void takesWhatIsLeftOutForNothing() {
        ServerUrl url = parse("postgresql://");
        assertThat(url.authority()).isEmpty();
        assertThat(url.database()).isEmpty();
        assertThat(url.user()).isEmpty();
        assertThat(url.password()).isEmpty();
        assertThat(url.place()).isEqualTo("postgresql://localhost/");
    }

    @Test
    void leavesAsItStandsWhatIsNoEscape() {
        assertThat(parse("mysql://u:100%zz%4@h/d").password()).contains("100%zz%4");
        assertThat(parse("mysql://u:%c3%b6@h/d").password()).contains("\u00f6");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://u:s3cr3t@h:1/d?password=s3cr3t",
                "jdbc:postgresql://u:s3cr3t@h:1/d",
                "jdbc:postgresql://h:1/d?user=u&password=s3cr3t"
            })
    void neverShowsThePassword(String text) {
        assertThat(parse(text)).hasToString("postgresql://h:1/d");
        assertThat(parse(text).password()).contains("s3cr3t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "postgresql", "postgresql:/h/d", "mysql://u:p@w@h/d", "jdbc:sqlite:/x.db", "post gres://h/d"
            })
    void doesNotTakeAnythingElse(String url) {
        assertThat(ServerUrl.parse(url)).isEmpty();
    }
}

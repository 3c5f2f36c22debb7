// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.mailman.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.jamesmailman.mailman.directory.SnapshotFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipientResolverTest {
    private static final SnapshotFixture NAMES = new SnapshotFixture()
            .withDomain("example.com", "alias.example")
            .withDomain("example.org", "Mixed.Example")
            .withList("ant@example.com")
            .withList("bee-hive@example.com")
            .withList("news-request@example.com")
            .withList("news@example.com")
            .withList("plus@example.org");

    private final RecipientResolver resolver = new RecipientResolver("+");

    @Test
    void findsAListByItsPostingAddress() {
        assertThat(resolve("ant@example.com")).isEqualTo(found("ant.example.com", "ant@example.com", Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ANT@example.com", "Ant@EXAMPLE.COM", "ant@Example.Com"})
    void ignoresTheCaseOfTheWholeAddress(String address) {
        assertThat(resolve(address)).isEqualTo(resolve("ant@example.com"));
    }

    @ParameterizedTest
    @CsvSource({
        "bounces, BOUNCES",
        "confirm, CONFIRM",
        "join, JOIN",
        "leave, LEAVE",
        "owner, OWNER",
        "request, REQUEST",
        "subscribe, JOIN",
        "unsubscribe, LEAVE",
        "SUBSCRIBE, JOIN",
    })
    void readsEverySubaddressThatMailmanKnows(String suffix, Subaddress subaddress) {
        assertThat(resolve("ant-" + suffix + "@example.com"))
                .isEqualTo(found("ant.example.com", "ant@example.com", Optional.of(subaddress)));
    }

    @ParameterizedTest
    @CsvSource({
        "ant@example.com, in",
        "ant-owner@example.com, in",
        "ant-request@example.com, command",
        "ant-join@example.com, command",
        "ant-subscribe@example.com, command",
        "ant-leave@example.com, command",
        "ant-unsubscribe@example.com, command",
        "ant-confirm@example.com, command",
        "ant-bounces@example.com, bounces",
    })
    void namesMailmansQueueForEachForm(String address, String queue) {
        assertThat(((Resolution.Found) resolve(address)).destination().queue()).isEqualTo(queue);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ant-admin@example.com",
                "ant-post@example.com",
                "ant-@example.com",
                "ant-requests@example.com",
                "ant-xrequest@example.com",
                "ant-request-x@example.com",
                "ant--request-@example.com"
            })
    void knowsNoOtherSuffix(String address) {
        assertThat(resolve(address)).isInstanceOf(Resolution.NoSuchList.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-owner@example.com", "owner@example.com", "-@example.com", "+ant@example.com"})
    void wantsAListNameBeforeASuffix(String address) {
        assertThat(resolve(address)).isInstanceOf(Resolution.NoSuchList.class);
    }

    @Test
    void takesTheLastDashForTheSubaddressOfAListWithADashInItsName() {
        assertThat(resolve("bee-hive-owner@example.com"))
                .isEqualTo(found("bee-hive.example.com", "bee-hive@example.com", Optional.of(Subaddress.OWNER)));
        assertThat(resolve("bee-hive@example.com"))
                .isEqualTo(found("bee-hive.example.com", "bee-hive@example.com", Optional.empty()));
    }

    @Test
    void takesForAPostWhatGoesToAListThatIsCalledLikeAnothersSubaddress() {
        assertThat(resolve("news-request@example.com"))
                .isEqualTo(found("news-request.example.com", "news-request@example.com", Optional.empty()));
        assertThat(resolve("news-request-request@example.com"))
                .isEqualTo(
                        found("news-request.example.com", "news-request@example.com", Optional.of(Subaddress.REQUEST)));
        assertThat(resolve("news-owner@example.com"))
                .isEqualTo(found("news.example.com", "news@example.com", Optional.of(Subaddress.OWNER)));
    }

    @Test
    void cutsTheLocalPartAtTheFirstVerpDelimiterBeforeItLooksForASuffix() {
        assertThat(resolve("ant-bounces+anne=example.net@example.com"))
                .isEqualTo(found("ant.example.com", "ant@example.com", Optional.of(Subaddress.BOUNCES)));
        assertThat(resolve("ant-confirm+0123456789abcdef@example.com"))
                .isEqualTo(found("ant.example.com", "ant@example.com", Optional.of(Subaddress.CONFIRM)));
        assertThat(resolve("ant-request+foo+bar@example.com"))
                .isEqualTo(found("ant.example.com", "ant@example.com", Optional.of(Subaddress.REQUEST)));
        assertThat(resolve("ant+request@example.com"))
                .as("the suffix is behind the delimiter, and so none")
                .isEqualTo(found("ant.example.com", "ant@example.com", Optional.empty()));
        assertThat(resolve("ant+-owner@example.com"))
                .isEqualTo(found("ant.example.com", "ant@example.com", Optional.empty()));
    }

    @Test
    void takesADelimiterOfSeveralCharactersAsAWhole() {
        RecipientResolver odd = new RecipientResolver("==");
        assertThat(odd.resolve("ant-bounces==x@example.com", NAMES))
                .isEqualTo(found("ant.example.com", "ant@example.com", Optional.of(Subaddress.BOUNCES)));
        assertThat(odd.resolve("ant-bounces=x@example.com", NAMES)).isInstanceOf(Resolution.NoSuchList.class);
        assertThat(odd.resolve("ant+x@example.com", NAMES)).isInstanceOf(Resolution.NoSuchList.class);
    }

    @Test
    void refusesAnEmptyDelimiter() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RecipientResolver(""))
                .withMessageContaining("verp_delimiter");
    }

    @Test
    void putsTheMailHostInThePlaceOfAnAliasDomain() {
        assertThat(resolve("ant-owner@ALIAS.example"))
                .isEqualTo(found("ant.example.com", "ant@example.com", Optional.of(Subaddress.OWNER)));
        assertThat(resolve("cow@alias.example")).isInstanceOf(Resolution.NoSuchList.class);
    }

    @Test
    void neverMatchesAnAliasDomainThatIsStoredInMixedCase() {
        assertThat(resolve("plus@mixed.example")).isInstanceOf(Resolution.DomainNotServed.class);
        assertThat(resolve("plus@Mixed.Example")).isInstanceOf(Resolution.DomainNotServed.class);
    }

    @Test
    void takesTheFirstOfTwoDomainsWithTheSameAlias() {
        SnapshotFixture names = new SnapshotFixture()
                .withDomain("b.example", "alias.example")
                .withDomain("a.example", "alias.example")
                .withList("ant@a.example")
                .withList("ant@b.example");
        assertThat(resolver.resolve("ant@alias.example", names))
                .isEqualTo(found("ant.a.example", "ant@a.example", Optional.empty()));
    }

    @Test
    void letsAnAliasDomainHijackAServedDomain() {
        SnapshotFixture names = new SnapshotFixture()
                .withDomain("a.example", "b.example")
                .withList("ant@a.example")
                .withList("ant@b.example");
        assertThat(resolver.resolve("ant@b.example", names))
                .isEqualTo(found("ant.a.example", "ant@a.example", Optional.empty()));
    }

    @Test
    void tellsAnUnknownListFromAnUnknownDomain() {
        assertThat(resolve("cow@example.com")).isInstanceOf(Resolution.NoSuchList.class);
        assertThat(resolve("plus@example.com")).as("of another domain").isInstanceOf(Resolution.NoSuchList.class);
        assertThat(resolve("ant@example.net")).isInstanceOf(Resolution.DomainNotServed.class);
        assertThat(resolve("ant@sub.example.com")).isInstanceOf(Resolution.DomainNotServed.class);
    }

    @Test
    void splitsAtTheFirstAtSign() {
        assertThat(resolve("ant@example.com@example.com")).isInstanceOf(Resolution.DomainNotServed.class);
        assertThat(resolve("ant@@example.com")).isInstanceOf(Resolution.DomainNotServed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@", "ant", "ant@", "@example.com", "@@"})
    void callsMalformedWhatHasNoLocalPartOrNoDomain(String address) {
        assertThat(resolve(address)).isInstanceOf(Resolution.Malformed.class);
    }

    @Test
    void takesAnAddressOfAnyLengthThatAPathMayHaveAndNoLonger() {
        String detail = "x".repeat(RecipientResolver.MAX_ADDRESS_LENGTH - "ant-bounces+@example.com".length());
        assertThat(resolve("ant-bounces+" + detail + "@example.com")).isInstanceOf(Resolution.Found.class);
        assertThat(resolve("ant-bounces+" + detail + "x@example.com")).isInstanceOf(Resolution.Malformed.class);
    }

    @Test
    void tellsTheDomainOfTheListAndWhetherMailIsAPost() {
        Destination post = ((Resolution.Found) resolve("ant@alias.example")).destination();
        assertThat(post.mailHost()).isEqualTo("example.com");
        assertThat(post.isPost()).isTrue();
        assertThat(((Resolution.Found) resolve("ant-owner@example.com"))
                        .destination()
                        .isPost())
                .isFalse();
    }

    private Resolution resolve(String address) {
        return resolver.resolve(address, NAMES);
    }

    private static Resolution found(String listId, String postingAddress, Optional<Subaddress> subaddress) {
        return new Resolution.Found(new Destination(listId, postingAddress, subaddress));
    }
}

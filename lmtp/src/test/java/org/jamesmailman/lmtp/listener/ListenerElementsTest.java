// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.nio.file.Path;
import org.apache.commons.configuration2.XMLConfiguration;
import org.apache.commons.configuration2.io.FileHandler;
import org.jamesmailman.testing.MarkdownPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenerElementsTest {
    private static final MarkdownPage PAGE = MarkdownPage.read(Path.of("../docs/configure.md"));

    private static void check(String elements) throws Exception {
        XMLConfiguration file = new XMLConfiguration();
        new FileHandler(file).load(new StringReader("<lmtpservers>" + elements + "</lmtpservers>"));
        ListenerElements.checkFile(file);
    }

    @Test
    void takesEverythingThatIsKnown() {
        assertThatCode(() -> check("<lmtpserver enabled='true'><bind>127.0.0.1:8024, localhost:24</bind>"
                        + "<jmxName>a</jmxName><connectionBacklog>200</connectionBacklog>"
                        + "<tls socketTLS='false' startTLS='true'><keystore>file://conf/keystore</keystore>"
                        + "<keystoreType>PKCS12</keystoreType><secret>x</secret></tls>"
                        + "<helloName autodetect='true'/><connectiontimeout>300</connectiontimeout>"
                        + "<connectionLimit>0</connectionLimit><connectionLimitPerIP>0</connectionLimitPerIP>"
                        + "<maxmessagesize>0</maxmessagesize><ioWorkerCount>2</ioWorkerCount>"
                        + "<bossWorkerCount>1</bossWorkerCount><maxExecutorCount>32</maxExecutorCount>"
                        + "<messageQueueSize>10</messageQueueSize><messageTimeout>60</messageTimeout>"
                        + "<shutdownTimeout>0</shutdownTimeout><gracefulShutdown>true</gracefulShutdown>"
                        + "<proxyRequired>false</proxyRequired><proxyFirst>true</proxyFirst>"
                        + "<lmtpGreeting>hello</lmtpGreeting>"
                        + "<handlerchain enableJmx='false'><handler class='a.B'><any>thing</any></handler>"
                        + "</handlerchain></lmtpserver><lmtpserver enabled='false'/>"))
                .doesNotThrowAnyException();
    }

    @Test
    void takesTheSamplesOfTheDocumentation() {
        assertThat(PAGE.samplesIn("xml").stream()
                        .map(MarkdownPage.Sample::text)
                        .filter(sample -> sample.startsWith("<lmtpserver")))
                .isNotEmpty()
                .allSatisfy(sample -> assertThatCode(() -> check(sample)).doesNotThrowAnyException());
    }

    @Test
    void knowsNothingThatIsNotDocumented() {
        assertThat(PAGE.codeSpans()).containsAll(ListenerElements.names());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<smtpserver/>",
                "<lmtpserver><conectiontimeout>1</conectiontimeout></lmtpserver>",
                "<lmtpserver enable='true'/>",
                "<lmtpserver><bind port='1'>127.0.0.1:1</bind></lmtpserver>",
                "<lmtpserver><tls useTLS='true'/></lmtpserver>",
                "<lmtpserver><tls><keyStore>x</keyStore></tls></lmtpserver>",
                "<lmtpserver><handlerchain><handlers/></handlerchain></lmtpserver>"
            })
    void refusesWhatItDoesNotKnow(String elements) {
        assertThatThrownBy(() -> check(elements))
                .isInstanceOf(ListenerException.class)
                .hasMessageStartingWith("mailman-lmtp.xml: '")
                .hasMessageContaining(" is not known; known are ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<connectiontimeout>0</connectiontimeout> | <connectiontimeout> is '0': write a whole number from 1 to 86400",
                "<connectionLimit>-1</connectionLimit> | <connectionLimit> is '-1': write a whole number from 0 to 1000000",
                "<maxExecutorCount>many</maxExecutorCount> | <maxExecutorCount> is 'many': write a whole number from 1 to 1024",
                "<messageTimeout/> | <messageTimeout> is '': write a whole number from 1 to 86400",
                "<proxyRequired>yes</proxyRequired> | <proxyRequired> is 'yes': write true or false",
                "<helloName autodetect='no'>x</helloName> | autodetect= of <helloName> is 'no': write true or false",
                "<bind>8024</bind> | <bind> is '8024': write HOST:PORT, as 127.0.0.1:8024",
                "<bind>[::1]:8024</bind> | <bind> is '[::1]:8024': write HOST:PORT, as 127.0.0.1:8024",
                "<bind>localhost:70000</bind> | <bind> is 'localhost:70000': write HOST:PORT, as 127.0.0.1:8024",
                "<jmxName/> | <jmxName> is '': write something into it, or take it out",
                "<bind>a:1</bind><bind>a:2</bind> | <bind> stands twice in an <lmtpserver>"
            })
    void saysWhatToWriteInstead(String element, String sentence) {
        assertThatThrownBy(() -> check("<lmtpserver>" + element + "</lmtpserver>"))
                .isInstanceOf(ListenerException.class)
                .hasMessage("mailman-lmtp.xml: " + sentence);
    }
}

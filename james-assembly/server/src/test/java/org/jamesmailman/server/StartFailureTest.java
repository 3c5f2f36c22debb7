// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.AbstractModule;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.ProvisionException;
import java.io.IOException;
import java.net.BindException;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.junit.jupiter.api.Test;

class StartFailureTest {
    private static final String SENTENCE = "conf/mailman.properties: queue.directory is missing";

    @Test
    void tellsTheInnermostSentence() {
        Exception failure = new RuntimeException("outer", new ConfigurationException(SENTENCE));

        assertThat(StartFailure.explain(failure)).isEqualTo(SENTENCE);
    }

    @Test
    void looksThroughWhatGuiceWraps() {
        CreationException failure = creationFailure(new ConfigurationException(SENTENCE));

        assertThat(StartFailure.explain(failure)).isEqualTo(SENTENCE);
    }

    @Test
    void looksThroughWhatAProviderThrew() {
        Exception failure = new ProvisionException("in a provider", new ConfigurationException(SENTENCE));

        assertThat(StartFailure.explain(failure)).isEqualTo(SENTENCE);
    }

    @Test
    void saysWhatWasBeingDoneWhenJavaGivesBareFacts() {
        Exception failure = new RuntimeException(
                new ConfigurationException("cannot load a mailet", new ClassNotFoundException("Foo")));

        assertThat(StartFailure.explain(failure))
                .isEqualTo("cannot load a mailet (java.lang.ClassNotFoundException: Foo)");
    }

    @Test
    void namesTheExceptionWhereNothingElseIsKnown() {
        Exception failure = new RuntimeException(new IOException("disk full"));

        assertThat(StartFailure.explain(failure)).isEqualTo("java.io.IOException: disk full");
    }

    @Test
    void namesNoClassWhereTheServerItselfSaysWhatIsWrong() {
        assertThat(StartFailure.explain(new ListenerException("no listener", new IOException("nothing came"))))
                .isEqualTo("no listener");
    }

    @Test
    void saysWhatToDoAboutAnAddressThatIsTaken() {
        Exception failure = new RuntimeException(new BindException("Address already in use"));

        assertThat(StartFailure.explain(failure))
                .isEqualTo(
                        "an address to listen on cannot be had (Address already in use): end the program that has it,"
                                + " or set another <bind> in lmtpserver.xml or smtpserver.xml");
    }

    @Test
    void namesTheExceptionThatHasNoMessage() {
        assertThat(StartFailure.explain(new NullPointerException())).isEqualTo("java.lang.NullPointerException");
    }

    @Test
    void staysOnOneLine() {
        assertThat(StartFailure.explain(new ConfigurationException("two\n  lines")))
                .isEqualTo("two lines");
    }

    @Test
    void endsOnAChainThatIsARing() {
        Exception inner = new ConfigurationException("inner");
        Exception outer = new ConfigurationException("outer", inner);
        inner.initCause(outer);

        assertThat(StartFailure.explain(outer)).isIn("inner", "outer");
    }

    private static CreationException creationFailure(Exception cause) {
        try {
            Guice.createInjector(new AbstractModule() {
                @Override
                protected void configure() {
                    addError(cause);
                }
            });
        } catch (CreationException e) {
            return e;
        }
        throw new AssertionError("Guice took a module with an error");
    }
}

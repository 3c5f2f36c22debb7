// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jamesmailman.testing.LmtpClient;
import org.jamesmailman.testing.TemporaryFolder;
import org.junit.jupiter.api.Test;

/** What keeps the server from starting is said in one sentence, with the remedy; and what it needs at rest. */
class StartUpIT {
    private static final long MIB_200 = 200 * 1024;

    @Test
    void restsInLessThan200MibAndQueuesTheFirstMessageOfTheDemo() {
        try (PrivateJames james = PrivateJames.builder().start();
                LmtpClient client = james.client()) {
            assertThat(james.program().residentKib()).isLessThan(MIB_200);

            LmtpClient.Delivery delivery = client.deliver(
                    "anne@example.com",
                    List.of("ant@lists.example.com"),
                    "From: anne@example.com\r\n\r\nHi\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(delivery.afterData().get(0).toString()).startsWith("250 2.0.0");
            assertThat(james.varDirectory().resolve("queue/in")).isDirectoryContaining("glob:**.pck");
        }
    }

    @Test
    void refusesAnUnknownKey() {
        failsWith(
                PrivateJames.builder().setting("queue.dir", "x"),
                "conf/mailman.properties has the unknown key \"queue.dir\": did you mean queue.directory?");
    }

    @Test
    void refusesAValueOutOfRange() {
        failsWith(
                PrivateJames.builder().setting("directory.refresh", "1h"),
                "directory.refresh is \"1h\": set it to a time from 100ms to 60s");
    }

    @Test
    void refusesAVariableThatIsNotSet() {
        failsWith(
                PrivateJames.builder().setting("mailman.cfg", "${env:NO_SUCH_VARIABLE}"),
                "mailman.cfg names the environment variable NO_SUCH_VARIABLE, which is not set");
    }

    @Test
    void refusesAMailmanCfgThatIsNotThere() {
        failsWith(
                PrivateJames.builder().withoutSettings().setting("mailman.cfg", "/no/such/mailman.cfg"),
                "/no/such/mailman.cfg does not exist: create it, or correct its name");
    }

    @Test
    void refusesADirectoryFileThatIsNotJson() throws Exception {
        try (TemporaryFolder folder = TemporaryFolder.create("lists")) {
            Path file = Files.writeString(folder.path().resolve("lists.json"), "{\"lists\": nonsense}");
            failsWith(PrivateJames.builder().setting("directory.file", file.toString()), file + ", line 1");
        }
    }

    @Test
    void refusesADatabaseThatIsNotThere() {
        failsWith(
                PrivateJames.builder()
                        .withoutSettings()
                        .setting("queue.directory", "var/queue")
                        .setting("directory.source", "database")
                        .setting("directory.database.url", "jdbc:sqlite:/no/such/mailman.db"),
                "/no/such/mailman.db");
    }

    @Test
    void refusesAQueueThatMailmanHasNotMade() throws Exception {
        try (TemporaryFolder folder = TemporaryFolder.create("site")) {
            Path cfg = Files.writeString(
                    folder.path().resolve("mailman.cfg"),
                    "[mailman]\nlayout: x\n[paths.x]\nvar_dir: " + folder.path() + "/var\n");
            failsWith(
                    PrivateJames.builder()
                            .withoutSettings()
                            .setting("mailman.cfg", cfg.toString())
                            .setting("directory.source", "file")
                            .setting("directory.file", "conf/demo-lists.json"),
                    "The queue directory " + folder.path() + "/var/queue/in does not exist: start Mailman once");
        }
    }

    @Test
    void refusesAQueueThatItsUserMayNotWriteTo() throws Exception {
        try (TemporaryFolder folder = TemporaryFolder.create("site")) {
            for (String queue : List.of("in", "command", "bounces")) {
                Files.createDirectory(folder.path().resolve(queue));
            }
            failsWith(
                    PrivateJames.builder()
                            .asMailman()
                            .setting("queue.directory", folder.path().toString()),
                    "is not writable for user list");
        }
    }

    @Test
    void refusesToRunInAJamesThatTheJarIsNotFor() {
        Path jakarta = Path.of(System.getProperty("jamesmailman.jakartaJar")).normalize();
        failsWith(PrivateJames.builder().extension(jakarta), "replace it by the one whose name ends in -james38.jar");
    }

    @Test
    void refusesAnElementOfTheListenerThatItDoesNotKnow() {
        failsWith(
                PrivateJames.builder().listener(xml -> xml.replace("connectionLimit>", "conectionLimit>")),
                "mailman-lmtp.xml: 'conectionLimit' in <lmtpserver> is not known; known are ");
    }

    @Test
    void refusesAPortThatIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            failsWith(
                    PrivateJames.builder().listener(xml -> xml.replace("127.0.0.1:8024", address)),
                    "mailman-lmtp.xml: cannot listen on " + address);
        }
    }

    @Test
    void refusesAKeystoreThatIsNotThere() {
        String tls = "<tls socketTLS=\"true\"><keystore>file://conf/missing</keystore><secret>x</secret></tls>";
        failsWith(
                PrivateJames.builder().listener(xml -> xml.replace("<handlerchain", tls + "<handlerchain")),
                "mailman-lmtp.xml: the listener on 127.0.0.1:");
    }

    @Test
    void refusesAMatcherWithAWrongCondition() {
        failsWith(
                PrivateJames.builder()
                        .mailetcontainer(xml -> xml.replace(
                                "match=\"org.jamesmailman.matchers.RecipientIsPostingAddress\"",
                                "match=\"org.jamesmailman.matchers.RecipientIsSubaddress=requests\"")),
                "one or more of bounces,confirm,join,leave,owner,request");
    }

    @Test
    void refusesAMailetWithAnUnknownParameter() {
        failsWith(
                PrivateJames.builder()
                        .mailetcontainer(xml -> xml.replace(
                                "<onMailetException>propagate</onMailetException>", "<retries>3</retries>")),
                "retries");
    }

    private static void failsWith(PrivateJames.Builder builder, String sentence) {
        PrivateJames.Failure failure = builder.fail();

        assertThat(failure.exitCode()).as(failure.output()).isEqualTo(1);
        assertThat(failure.sentence())
                .startsWith("james-mailman: cannot start: ")
                .contains(sentence);
    }
}

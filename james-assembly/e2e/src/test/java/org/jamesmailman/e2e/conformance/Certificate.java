// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.e2e.conformance;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jamesmailman.testing.Program;

/**
 * A key and its certificate, made for a test.
 *
 * @param keystore a file of PKCS #12, closed by {@link #SECRET}
 */
record Certificate(Path keystore) {
    static final String SECRET = "conformance";

    /** Makes one in a folder. */
    static Certificate in(Path folder) {
        Path keystore = folder.resolve("keystore.p12");
        Program.of(
                        Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "server",
                        "-dname",
                        "CN=localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keystore.toString(),
                        "-storepass",
                        SECRET)
                .runWell();
        return new Certificate(keystore);
    }

    /** A client's TLS that takes any certificate. */
    static SSLContext trustingAll() {
        try {
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, new TrustManager[] {new TrustsAll()}, new SecureRandom());
            return tls;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class TrustsAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}

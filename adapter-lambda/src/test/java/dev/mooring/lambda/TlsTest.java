// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.mooring.SendException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Over https, a server proves who it is before it gets a request. */
class TlsTest {

    private static final char[] PASSWORD = "password".toCharArray();

    @TempDir
    static Path directory;

    private final SSLContext usual = SSLContext.getDefault();

    TlsTest() throws Exception {}

    @AfterEach
    void restore() {
        SSLContext.setDefault(usual);
    }

    @Test
    void aTrustedServerOfTheRightNameGetsTheMessage() throws Exception {
        SSLContext context = certifiedAs("localhost");
        SSLContext.setDefault(context);
        try (ConnectionApi api = server(context)) {
            assertThat(gateway(api).post("a", new byte[] {'x'})).isTrue();
            assertThat(api.seen()).containsExactly("POST /prod/@connections/a x");
        }
    }

    @Test
    void aTrustedServerOfAnotherNameGetsNothing() throws Exception {
        SSLContext context = certifiedAs("elsewhere.example");
        SSLContext.setDefault(context);
        assertRefused(context, "matching localhost found");
    }

    @Test
    void anUntrustedServerGetsNothing() throws Exception {
        assertRefused(certifiedAs("localhost"), "unable to find valid certification path");
    }

    /** What says goodbye in TLS would wait for the same buffer as the message. */
    @Test
    @Timeout(60)
    void aServerThatStopsReadingIsGivenUpWithoutAGoodbye() throws Exception {
        SSLContext context = certifiedAs("localhost");
        SSLContext.setDefault(context);
        ServerSocket unbound = context.getServerSocketFactory().createServerSocket();
        try (StalledServer server = new StalledServer(unbound, false)) {
            Endpoint endpoint = new Endpoint("https", "localhost:" + server.port(), "/prod", "eu-west-1");
            HttpCaller http = new HttpCaller(endpoint, 30_000, 3_000, InstantSource.system());
            assertThatIOException()
                    .isThrownBy(() -> http.call("POST", "/", Map.of(), new byte[16 * 1024 * 1024]))
                    .withMessageContaining("Not done within 3000 ms.");
        }
    }

    private static void assertRefused(SSLContext context, String reason) throws Exception {
        try (ConnectionApi api = server(context)) {
            assertThatThrownBy(() -> gateway(api).post("a", new byte[] {'x'}))
                    .isInstanceOf(SendException.class)
                    .hasMessage("https://localhost:" + api.port() + "/prod cannot be reached: nothing was sent.")
                    .cause()
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContaining(reason);
            assertThat(api.requests).isEmpty();
        }
    }

    private static ConnectionApi server(SSLContext context) throws Exception {
        HttpsServer server = HttpsServer.create();
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return new ConnectionApi(server);
    }

    private static ManagementApi gateway(ConnectionApi api) {
        Endpoint endpoint = new Endpoint("https", "localhost:" + api.port(), "/prod", "eu-west-1");
        return new ManagementApi(
                endpoint,
                () -> EnvironmentCredentials.LOCAL,
                new HttpCaller(endpoint, 30_000, 60_000, InstantSource.system()),
                InstantSource.system());
    }

    /** A server that is certified under a name, and a client that trusts it. */
    private SSLContext certifiedAs(String name) throws Exception {
        Path file = directory.resolve(name + ".p12");
        if (Files.notExists(file)) {
            generate(name, file);
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, PASSWORD);
        trusted.setCertificateEntry("server", store.getCertificate("server"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static void generate(String name, Path file) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=dns:" + name,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
    }
}

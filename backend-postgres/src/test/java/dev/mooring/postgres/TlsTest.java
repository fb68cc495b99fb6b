// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.postgres;

import static dev.mooring.postgres.Connections.connection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.backend.Backend;
import dev.mooring.backend.BackendException;
import dev.mooring.backend.Backends;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS for real: the server's certificate is one that the test makes, for the name localhost. */
class TlsTest {

    private static final String STORE_PASSWORD = "changeit";

    private static PostgresServer server;
    private static Path certificate;
    private static Path otherCertificate;

    @BeforeAll
    static void startServer(@TempDir Path directory) throws Exception {
        server = PostgresServer.in(directory, "ssl_cert_file", "tls.crt", "ssl_key_file", "tls.key");
        certificate = makeCertificate(server.data().resolve("tls"));
        otherCertificate = makeCertificate(directory.resolve("other"));
        server.sql("ALTER SYSTEM SET ssl = on");
        server.stop();
        server.startAgain();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"prefer", "require", "verify-ca", "verify-full"})
    void theConnectionIsEncrypted(String mode) throws Exception {
        try (Backend backend = Backends.open(server.dsn() + "&sslmode=" + mode + "&sslrootcert=" + certificate)) {
            backend.save(connection("a"));

            assertThat(server.sql("SELECT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)"
                            + " WHERE application_name = 'mooring'"))
                    .containsExactly("t");
        }
        Awaiting.until("the session has ended", () -> server.sessions() == 0);
    }

    @Test
    void aServerOfAnotherAuthorityIsRefused() {
        try (Backend backend = Backends.open(server.dsn() + "&sslmode=verify-ca&sslrootcert=" + otherCertificate)) {
            assertThatThrownBy(() -> backend.save(connection("a")))
                    .isInstanceOf(BackendException.class)
                    .hasMessageContaining("no connection could be made. Check host, port and sslmode")
                    .hasMessageContaining("SSL error");
        }
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES) // and so not tried again
    void aServerOfAnotherNameIsRefused() {
        try (Backend backend = Backends.open("postgresql://postgres@127.0.0.1:" + server.port()
                + "/postgres?timeout=1h&sslmode=verify-full&sslrootcert=" + certificate)) {
            assertThatThrownBy(() -> backend.save(connection("a")))
                    .isInstanceOf(BackendException.class)
                    .hasMessageContaining("The hostname 127.0.0.1 could not be verified");
        }
    }

    /** A key and a certificate beside each other; returns the certificate. */
    private static Path makeCertificate(Path files) throws IOException, InterruptedException, GeneralSecurityException {
        Path store = files.resolveSibling(files.getFileName() + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        STORE_PASSWORD)
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, STORE_PASSWORD.toCharArray());
        }
        Path key = files.resolveSibling(files.getFileName() + ".key");
        write(
                key,
                "PRIVATE KEY",
                keys.getKey("server", STORE_PASSWORD.toCharArray()).getEncoded());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        Path certificate = files.resolveSibling(files.getFileName() + ".crt");
        write(certificate, "CERTIFICATE", keys.getCertificate("server").getEncoded());
        return certificate;
    }

    private static void write(Path file, String what, byte[] content) throws IOException {
        String encoded = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        Files.writeString(file, "-----BEGIN " + what + "-----\n" + encoded + "\n-----END " + what + "-----\n");
    }
}

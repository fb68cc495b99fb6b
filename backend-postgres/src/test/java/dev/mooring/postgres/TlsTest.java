// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.postgres;

import static dev.mooring.postgres.Connections.connection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.backend.Backend;
import dev.mooring.backend.BackendException;
import dev.mooring.backend.Backends;
import dev.mooring.testsupport.Await;
import dev.mooring.testsupport.TestCertificate;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS for real: the server's certificate is one that the test makes, for the name localhost. */
class TlsTest {

    @AutoClose
    private static final PostgresServer server =
            PostgresServer.start("ssl_cert_file", "tls.crt", "ssl_key_file", "tls.key");

    private static Path certificate;
    private static Path otherCertificate;

    @BeforeAll
    static void turnOn(@TempDir Path directory) throws Exception {
        certificate = TestCertificate.make(server.data(), "tls").certificate();
        otherCertificate = TestCertificate.make(directory, "other").certificate();
        server.sql("ALTER SYSTEM SET ssl = on");
        server.stop();
        server.startAgain();
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
        Await.until("the session has ended", () -> server.sessions() == 0);
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
}

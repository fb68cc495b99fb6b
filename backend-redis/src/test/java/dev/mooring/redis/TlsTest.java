// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.backend.Backend;
import dev.mooring.backend.BackendException;
import dev.mooring.backend.Backends;
import dev.mooring.backend.StoredConnection;
import dev.mooring.testsupport.Await;
import dev.mooring.testsupport.TestCertificate;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

    @TempDir
    static Path directory;

    private static TestCertificate own;
    private static TestCertificate other;
    private static RedisProcess redis;

    @BeforeAll
    static void start() throws Exception {
        own = TestCertificate.make(directory, "own");
        other = TestCertificate.make(directory, "other");
        redis = startServer("--requirepass", "s3cret");
    }

    private static RedisProcess startServer(String name, String value) {
        return RedisProcess.startTls(
                "--tls-cert-file",
                own.certificate().toString(),
                "--tls-key-file",
                own.key().toString(),
                "--tls-auth-clients",
                "no",
                name,
                value);
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @Test
    void whatIsSavedOverTlsIsFound() {
        try (Backend backend =
                Backends.open("rediss://s3cret@localhost:" + redis.port() + "?tls_ca=" + own.certificate())) {
            StoredConnection saved = backend.save(new StoredConnection(
                    "a", "{}", Set.of("room"), Instant.now().plusSeconds(60)));

            assertThat(backend.find("a")).contains(saved);
            assertThat(backend.members("room", null, 10).items()).containsExactly("a");
            assertThat(backend.delete("a")).contains(saved);
        }
    }

    @Test
    void aCertificateForAnotherHostIsRefused() {
        assertFails(
                "rediss://s3cret@127.0.0.1:" + redis.port() + "?tls_ca=" + own.certificate(),
                "the server's certificate is for other host names. Use one.");
    }

    @Test
    void aCertificateThatNobodyKnowsIsRefused() {
        String advice = "the server's certificate is not trusted. Name the file of its authority with tls_ca=.";
        assertFails("rediss://s3cret@localhost:" + redis.port() + "?tls_ca=" + other.certificate(), advice);
        assertFails("rediss://s3cret@localhost:" + redis.port(), advice);
    }

    @Test
    void aClientWithoutTlsIsToldOfTls() {
        assertFails(
                "redis://s3cret@localhost:" + redis.port(),
                "the server closed the connection. If it expects TLS, write rediss:// instead of redis://.");
    }

    @Test
    void aServerWithoutTlsIsRefused() {
        try (RedisProcess plain = RedisProcess.start()) {
            assertFails(
                    "rediss://localhost:" + plain.port() + "?timeout=1",
                    "no answer. Check host and port, that the network (security groups) lets this client in,"
                            + " and, with rediss://, that the server speaks TLS.");
        }
    }

    @Test
    void aServerThatHasTooManyClientsIsTriedAgain() {
        try (RedisProcess full = startServer("--maxclients", "1")) {
            String dsn = "rediss://localhost:" + full.port() + "?tls_ca=" + own.certificate();
            try (Backend second = Backends.open(dsn + "&timeout=2")) {
                try (Backend first = Backends.open(dsn + "&timeout=30")) {
                    assertThat(first.find("a")).isEmpty();
                    // the rest depends on whether the server's refusal comes before the client has written
                    assertThatExceptionOfType(BackendException.class)
                            .isThrownBy(() -> second.find("a"))
                            .withMessageContaining(": find failed: the server closed the connection")
                            .withMessageContaining(" Given up after 2000 ms.");
                }
                assertThat(Await.success(BackendException.class, () -> second.find("a")))
                        .isEmpty();
            }
        }
    }

    private static void assertFails(String dsn, String advice) {
        try (Backend backend = Backends.open(dsn)) {
            assertThatExceptionOfType(BackendException.class)
                    .isThrownBy(() -> backend.find("a"))
                    .withMessageContaining(": find failed: " + advice)
                    .withMessageNotContaining("s3cret");
        }
    }
}

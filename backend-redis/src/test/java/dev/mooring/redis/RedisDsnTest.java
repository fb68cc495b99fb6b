// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Backends;
import dev.mooring.backend.Dsn;
import dev.mooring.backend.InvalidDsnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.HostAndPort;

class RedisDsnTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://",
                "redis://localhost",
                "REDIS://localhost:6380/3",
                "redis://user:pa@ss:word@host/0?prefix=app:&pool_size=1&ttl=3h&timeout=2",
                "redis://a:1,b:2,[::1]:3?cluster=true",
                "rediss://secret@host"
            })
    void aDsnOpensABackendWithoutAServer(String dsn) {
        try (Backend backend = Backends.open(dsn)) {
            assertThat(backend).isInstanceOf(RedisBackend.class);
        }
    }

    @Test
    void whatIsLeftOutHasItsDefault() {
        RedisDsn dsn = RedisDsn.of(Dsn.parse("redis://"));

        assertThat(dsn.hosts()).containsExactly(new HostAndPort("localhost", 6379));
        assertThat(dsn.user()).isEmpty();
        assertThat(dsn.password()).isEmpty();
        assertThat(dsn.database()).isZero();
        assertThat(dsn.cluster()).isFalse();
        assertThat(dsn.tls()).isNull();
        assertThat(dsn.poolSize()).isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource({
        "redis://secret@host, , secret",
        "redis://:secret@host, , secret",
        "redis://app:secret@host, app, secret",
        "redis://app:s%3Fcr%40t%25@host, app, s?cr@t%",
        "redis://:p@ss:w/rd@host, , p@ss:w/rd",
    })
    void whatStandsAloneBeforeTheHostIsThePassword(String text, String user, String password) {
        RedisDsn dsn = RedisDsn.of(Dsn.parse(text));

        assertThat(dsn.user().orElse(null)).isEqualTo(user);
        assertThat(dsn.password()).contains(password);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "redis://secret@host/zero   | What follows the host must be the number of a database, as in redis://localhost:6379/0.",
                "redis://secret@host/0/1    | What follows the host must be the number of a database, as in redis://localhost:6379/0.",
                "redis://secret@host/-1     | What follows the host must be the number of a database, as in redis://localhost:6379/0.",
                "redis://a,b                | Several hosts are possible with cluster=true only.",
                "redis://a/1?cluster=true   | A cluster has no database but 0.",
                "redis://a?cluster=yes      | The parameter 'cluster' of redis:// must be true or false.",
                "redis://a?pool_size=0      | The parameter 'pool_size' of redis:// must be a whole number from 1 to 1000.",
                "redis://a?tls_ca=x.pem     | tls_ca needs TLS: write rediss:// instead of redis://.",
                "rediss://a?tls_ca=x.pem    | The parameter 'tls_ca' must name a file of certificates in PEM format that can be read.",
                "redis://a?db=1 | Unknown parameter 'db' for redis://. Known ones: cluster, pool_size, prefix, timeout, tls_ca, ttl.",
            })
    void whatCannotBeIsRefusedAtOnce(String dsn, String message) {
        assertThatExceptionOfType(InvalidDsnException.class)
                .isThrownBy(() -> Backends.open(dsn))
                .withMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no certificate"})
    void aFileWithoutCertificatesIsRefused(String content, @TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("ca.pem"), content);

        assertThatExceptionOfType(InvalidDsnException.class)
                .isThrownBy(() -> Backends.open("rediss://host?tls_ca=" + file))
                .withMessageContaining("'tls_ca'");
    }

    @Test
    void errorsNameTheServersAndNoSecret() {
        assertThat(RedisDsn.of(Dsn.parse("redis://app:secret@host1,[::1]:7000?cluster=true")))
                .hasToString("redis://host1:6379,[::1]:7000/0");
        assertThat(RedisDsn.of(Dsn.parse("rediss://secret@host/7"))).hasToString("rediss://host:6379/7");
    }
}

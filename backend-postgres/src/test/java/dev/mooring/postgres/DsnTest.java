// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.backend.Backend;
import dev.mooring.backend.BackendException;
import dev.mooring.backend.Backends;
import dev.mooring.backend.InvalidDsnException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a DSN may say, as far as that is seen without a server. */
class DsnTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://",
                "postgres://localhost",
                "postgresql://user:p%40ss@host1,[::1]:5433,host3/db",
                "postgresql:///db?user=u&password=p",
                "postgresql://h?sslmode=verify-full&sslrootcert=/ca.pem&sslcert=c&sslkey=k&connect_timeout=3",
                "postgresql://h?application_name=chat&options=-c%20search_path=chat&target_session_attrs=read-write",
                "postgresql://h?load_balance_hosts=random&keepalives=1&channel_binding=require&require_auth=scram-sha-256,md5",
                "postgresql://h?gssencmode=disable&sslnegotiation=direct&krbsrvname=postgres",
                "postgresql://h?prepareThreshold=0&currentSchema=chat&targetServerType=primary&tcpKeepAlive=true",
                "postgresql://h?table=t&pool_size=1000&auto_create=false&timeout=250ms&ttl=1h"
            })
    void opensWithoutAServer(String dsn) {
        Backends.open(dsn).close();
    }

    @Test
    void aTypingErrorIsAnErrorThatListsTheParameters() {
        for (String unknown : List.of("tabel=connections", "tabel=")) {
            assertThatExceptionOfType(InvalidDsnException.class)
                    .isThrownBy(() -> Backends.open("postgresql://user:secret@host/db?" + unknown))
                    .withMessageStartingWith("Unknown parameter 'tabel' for postgresql://. Known ones: ")
                    .withMessageContainingAll(
                            " auto_create, ", " pool_size, ", " table, ", " timeout, ", " ttl, ") // our own
                    .withMessageContainingAll(" application_name, ", " sslmode, ") // libpq's
                    .withMessageContainingAll(" ApplicationName, ", " prepareThreshold, ") // the driver's
                    .withMessageNotContainingAny("secret", "PGHOST", "socketTimeout");
        }
    }

    @Test
    void whatMayBeAPartOfThePasswordIsNotRepeated() {
        assertThatExceptionOfType(InvalidDsnException.class)
                .isThrownBy(() -> Backends.open("postgresql://app:123?s3cret=x@host/db"))
                .withMessageStartingWith("Unknown parameter for postgresql://. Known ones: ")
                .withMessageEndingWith(" In user and password, write '?' as %3F.")
                .withMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "hostaddr", "port", "dbname", "service", "PGHOST", "loginTimeout", "socketTimeout"})
    void whatHasAnotherPlaceIsRefused(String parameter) {
        assertInvalid(
                "postgresql://h?" + parameter + "=1",
                "The parameter '" + parameter + "' is none here: hosts, ports"
                        + " and database stand before the '?', as in postgresql://host1,host2:5433/database, and timeout="
                        + " limits each call.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pool_size=0 | The parameter 'pool_size' of postgresql:// must be a whole number from 1 to 1000.",
                "auto_create=yes | The parameter 'auto_create' of postgresql:// must be true or false.",
                "connect_timeout=3s | The parameter 'connect_timeout' of postgresql:// must be a whole number of seconds.",
                "target_session_attrs=standby | The parameter 'target_session_attrs' of postgresql:// must be one of: any,"
                        + " primary, read-write.",
                "load_balance_hosts=yes | The parameter 'load_balance_hosts' of postgresql:// must be one of: disable,"
                        + " false, random, true.",
                "sslmode=requierd | The parameter 'sslmode' of postgresql:// must be one of: allow, disable, prefer, require,"
                        + " verify-ca, verify-full.",
                "keepalives=maybe | The parameter 'keepalives' of postgresql:// must be one of: 0, 1, false, true.",
                "table=a.b.c | The table must be a name or schema.name, each of 1 to 48 ASCII letters, digits, '_', '-' or"
                        + " '$'."
            })
    void aValueThatCannotBeIsRefused(String parameter, String message) {
        assertInvalid("postgresql://h?" + parameter, message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql://%2Fvar%2Frun%2Fpostgresql/db", "postgresql://a%2Cb/db"})
    void aHostIsANameOrAnAddress(String dsn) {
        assertInvalid(dsn, "A host must be a name or an IP address. Unix sockets are not supported.");
    }

    @Test
    void errorsNameHostsAndDatabaseAndNothingElse() {
        try (Backend backend = Backends.open("postgres://us%40er:p%3Ass@[::1]:1,127.0.0.1:1/chat%2Fdb?timeout=1s")) {
            assertThatThrownBy(() -> backend.find("a"))
                    .isInstanceOf(BackendException.class)
                    .hasMessageStartingWith(
                            "postgresql://[::1]:1,127.0.0.1:1/chat/db: find failed: no connection could be"
                                    + " made. Check host, port and sslmode, that the server is up, and that the network lets"
                                    + " this function in. (SQLSTATE 08001: Connection to 127.0.0.1:1 refused.");
        }
    }

    private static void assertInvalid(String dsn, String message) {
        assertThatExceptionOfType(InvalidDsnException.class)
                .isThrownBy(() -> Backends.open(dsn))
                .withMessage(message);
    }
}

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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a DSN says reaches the server and means there what it means to libpq. */
class ServerParametersTest {

    @AutoClose
    private static final PostgresServer server = PostgresServer.start();

    @AfterEach
    void dropTable() throws SQLException {
        server.sql("DROP TABLE IF EXISTS mooring_connections");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                // as in SQL, then as in a DSN
                "p@ss:w/rd p@ss:w/rd",
                "100%?&= 100%25%3F&=",
                "påß部屋 p%C3%A5%C3%9F%E9%83%A8%E5%B1%8B",
                "a+b''c a+b'c",
                "#[]{}\\ #[]{}\\"
            })
    void anyPasswordCanBeWritten(String password, String written) throws SQLException {
        server.sql("CREATE USER \"u@:/r\" PASSWORD '" + password + "'", "GRANT CREATE ON SCHEMA public TO \"u@:/r\"");
        try (Backend backend =
                Backends.open("postgresql://u%40%3A%2Fr:" + written + "@localhost:" + server.port() + "/postgres")) {
            assertThat(backend.save(connection("a")).id()).isEqualTo("a");
        } finally {
            server.sql("DROP OWNED BY \"u@:/r\"", "DROP USER \"u@:/r\"");
        }
    }

    @Test
    void userAndPasswordMayBeParameters() throws SQLException {
        server.sql("CREATE USER app PASSWORD 'secret'", "GRANT CREATE ON SCHEMA public TO app");
        try (Backend backend =
                Backends.open("postgresql://localhost:" + server.port() + "/postgres?user=app&password=secret")) {
            assertThat(backend.save(connection("a")).id()).isEqualTo("a");
        } finally {
            server.sql("DROP OWNED BY app", "DROP USER app");
        }
    }

    @Test
    void anyDatabaseNameCanBeWritten() throws SQLException {
        server.sql("CREATE DATABASE \"chat?db/1 & more=2%\"");
        try (Backend backend =
                Backends.open("postgresql://postgres@localhost:" + server.port() + "/chat%3Fdb/1%20&%20more=2%25")) {
            assertThat(backend.save(connection("a")).id()).isEqualTo("a");
        }
        server.sql("DROP DATABASE \"chat?db/1 & more=2%\"");
    }

    /** The address is IPv6 in form; on the wire it is IPv4, because not every machine that builds has IPv6. */
    @Test
    void aHostMayBeAnIpv6Address() {
        try (Backend backend =
                Backends.open("postgresql://postgres@[::ffff:127.0.0.1]:" + server.port() + "/postgres")) {
            assertThat(backend.save(connection("a")).id()).isEqualTo("a");
        }
    }

    @Test
    void theFirstHostThatAnswersIsTaken() throws IOException {
        try (Socket nobody = new Socket();
                ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            nobody.bind(new InetSocketAddress("localhost", 0));
            String hosts = "localhost:" + nobody.getLocalPort() + ",localhost:" + silent.getLocalPort() + ",localhost:"
                    + server.port();
            try (Backend backend = Backends.open("postgresql://postgres@" + hosts + "/postgres?timeout=6s")) {
                assertThat(backend.save(connection("a")).id()).isEqualTo("a");
            }
        }
    }

    @Test
    void aHostThatRefusesTheUserEndsTheSearch() throws SQLException {
        String hosts = "localhost:" + server.port() + ",localhost:1";
        try (Backend backend = Backends.open("postgresql://nobody:x@" + hosts + "/postgres")) {
            assertThatThrownBy(() -> backend.find("a"))
                    .isInstanceOf(BackendException.class)
                    .hasMessageContaining("(SQLSTATE 28P01: ");
        }
    }

    @Test
    void readWriteLooksForThePrimary() throws IOException, SQLException {
        try (Backend backend = Backends.open(server.dsn())) {
            backend.save(connection("a"));
        }
        try (PostgresServer replica = server.replica()) {
            String both =
                    "postgresql://postgres@localhost:" + replica.port() + ",localhost:" + server.port() + "/postgres";
            for (String attributes : List.of("read-write", "primary")) {
                try (Backend backend = Backends.open(both + "?target_session_attrs=" + attributes)) {
                    backend.save(connection(attributes));
                    assertThat(server.sql("SELECT id FROM mooring_connections")).contains(attributes);
                }
            }
            try (Backend backend = Backends.open(both)) {
                assertThat(backend.find("a")).isPresent();
                assertThatThrownBy(() -> backend.save(connection("a")))
                        .isInstanceOf(BackendException.class)
                        .hasMessageContaining("the server is read-only, as a replica is. Name the primary, or all hosts"
                                + " with target_session_attrs=read-write.");
            }
            try (Backend backend = Backends.open(replica.dsn("3s") + "&target_session_attrs=read-write")) {
                assertThatThrownBy(() -> backend.find("a"))
                        .isInstanceOf(BackendException.class)
                        .hasMessageContaining("Could not find a server with specified targetServerType: primary");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"load_balance_hosts=random", "loadBalanceHosts=true"})
    void hostsMayBeTakenInAnyOrder(String parameter) throws SQLException {
        String host = "localhost:" + server.port();
        try (Backend backend =
                Backends.open("postgresql://postgres@" + host + "," + host + ",localhost:1/postgres?" + parameter)) {
            assertThat(backend.save(connection("a")).id()).isEqualTo("a");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | application_name | mooring",
                "&application_name=chat | application_name | chat",
                "&ApplicationName=chat | application_name | chat",
                "&options=-c%20work_mem=5MB | work_mem | 5MB",
                "&options=-c%20statement_timeout=2s | statement_timeout | 2s",
                "&currentSchema=public,pg_catalog | search_path | public,pg_catalog"
            })
    void whatIsSetForTheSessionIsSet(String parameters, String setting, String value) throws SQLException {
        try (Backend backend = Backends.open(server.dsn())) {
            backend.save(connection("a"));
        }
        server.sql(
                "CREATE OR REPLACE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                        + " NEW.state := current_setting(TG_ARGV[0]); RETURN NEW; END $$",
                "CREATE TRIGGER tell BEFORE UPDATE ON mooring_connections FOR EACH ROW EXECUTE FUNCTION tell('"
                        + setting + "')");

        try (Backend backend = Backends.open(server.dsn() + parameters)) {
            backend.save(connection("a"));
            assertThat(backend.find("a").orElseThrow().state()).isEqualTo(value);
        }
    }
}

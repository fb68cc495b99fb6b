// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.postgres;

import static dev.mooring.postgres.Connections.connection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Backends;
import dev.mooring.backend.Page;
import dev.mooring.testsupport.Await;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the server goes about each statement when there are 100,000 connections. */
class PlanTest {

    private static final String TABLE = "mooring_connections";
    private static final String CHANNELS = "mooring_connections_channels";
    private static final String IDS = "mooring_connections_pkey";

    @AutoClose
    private static final PostgresServer server = PostgresServer.start("autovacuum", "off");

    private static Backend backend;

    @BeforeAll
    static void fill() throws SQLException {
        backend = Backends.open(server.dsn());
        backend.save(connection("a"));
        server.sql(
                "INSERT INTO mooring_connections (id, state, channels, expires_at) SELECT md5(i::text), repeat('x', 300),"
                        + " ARRAY['everybody', 'user-' || i, 'room-' || i % 1000]"
                        + " || CASE WHEN i % 100 = 0 THEN ARRAY['hundredth'] ELSE '{}' END"
                        + " || CASE WHEN i % 10000 = 0 THEN ARRAY['few'] ELSE '{}' END,"
                        + " now() + interval '2 hours' FROM generate_series(1, 100000) i");
    }

    @AfterAll
    static void stop() {
        backend.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"user-7", "few", "room-7", "hundredth", "nobody"})
    void membersAreFoundByTheIndexOnChannels(String channel) throws SQLException {
        server.sql("ANALYZE mooring_connections");

        assertThat(planOfMembers(channel, 1000)).contains("Bitmap Index Scan on " + CHANNELS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"user-7", "few", "room-7", "hundredth", "nobody"})
    void soTheyAreBeforeTheServerKnowsAnythingAboutTheTable(String channel) throws SQLException {
        server.sql("DELETE FROM pg_statistic WHERE starelid = 'mooring_connections'::regclass");

        assertThat(planOfMembers(channel, 1000)).contains("Bitmap Index Scan on " + CHANNELS);
    }

    @Test
    void whereEverybodyIsAMemberThePrimaryKeyIsFollowed() throws SQLException {
        server.sql("ANALYZE mooring_connections");

        assertThat(planOfMembers("everybody", 1000))
                .contains("Index Scan using " + IDS)
                .doesNotContain("Sort");
    }

    @Test
    void connectionsAreListedAlongThePrimaryKey() throws SQLException {
        for (int limit : new int[] {10, 1000}) {
            assertThat(plan(Sql.on(TABLE).connections(), "7", OffsetDateTime.now(ZoneOffset.UTC), limit))
                    .contains("Index Scan using " + IDS)
                    .contains("Index Cond: (id > '7'::text)")
                    .doesNotContain("Sort");
        }
    }

    /** The statements as they are really sent, and more often than it takes the driver and the server to prepare them. */
    @Test
    void noCallReadsTheWholeTable() throws Exception {
        server.sql("ANALYZE mooring_connections");
        long before = counter("idx_scan FROM pg_stat_user_indexes WHERE indexrelname", CHANNELS);

        for (int i = 0; i < 20; i++) {
            assertThat(members("room-" + i)).hasSize(100);
            Page<String> page = backend.connections(null, 100);
            assertThat(backend.connections(page.next(), 100).items()).hasSize(100);
            var found = backend.find(page.items().get(i)).orElseThrow();
            backend.save(backend.update(found, found).orElseThrow());
        }

        Await.until(
                "the server has counted two pages of each of twenty channels",
                () -> counter("idx_scan FROM pg_stat_user_indexes WHERE indexrelname", CHANNELS) == before + 40);
        assertThat(counter("seq_tup_read FROM pg_stat_user_tables WHERE relname", TABLE))
                .as("rows read by going through the table")
                .isZero();
    }

    private static long counter(String counter, String relation) throws SQLException {
        return Long.parseLong(
                server.sql("SELECT " + counter + " = '" + relation + "'").get(0));
    }

    /** Seen by heap-only updates, which are those that touch no index. */
    @Test
    void anUpdateThatKeepsTheChannelsLeavesTheIndexAlone() throws Exception {
        try (Backend small = Backends.open(server.dsn() + "&table=small")) {
            small.find("a");
            server.sql("INSERT INTO small (id, state, channels, expires_at) VALUES ('a', '{}',"
                    + " '{admins,everybody,lobby,quiet,room-1,user-7,vips}', now() + interval '1 hour')");
            var found = small.find("a").orElseThrow();
            for (int i = 0; i < 3; i++) {
                found = small.update(found, found).orElseThrow();
            }
        }
        Await.until(
                "the server has counted three updates",
                () -> counter("n_tup_upd FROM pg_stat_user_tables WHERE relname", "small") == 3);
        assertThat(counter("n_tup_hot_upd FROM pg_stat_user_tables WHERE relname", "small"))
                .isEqualTo(3);
    }

    /** In two pages. */
    private static List<String> members(String channel) {
        Page<String> first = backend.members(channel, null, 60);
        Page<String> second = backend.members(channel, first.next(), 60);
        List<String> ids = new ArrayList<>(first.items());
        ids.addAll(second.items());
        return ids;
    }

    private static String planOfMembers(String channel, int limit) throws SQLException {
        return plan(Sql.on(TABLE).members(), channel, "", OffsetDateTime.now(ZoneOffset.UTC), limit);
    }

    private static String plan(String sql, Object... parameters) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (Connection connection = server.connect();
                PreparedStatement statement = connection.prepareStatement("EXPLAIN " + sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                plan.append(rows.getString(1)).append('\n');
            }
        }
        return plan.toString();
    }
}

// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.postgres;

import dev.mooring.testsupport.Folders;
import dev.mooring.testsupport.FreePorts;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of a test's own. Its superuser {@code postgres} needs no password, every other user does. It can be
 * stopped, and started again on the same port with the same data. Its files go to a folder that {@link #close} deletes.
 */
final class PostgresServer implements AutoCloseable {

    private final Path directory;
    private final String[] settings;
    private EmbeddedPostgres process;

    private PostgresServer(Path directory, String... settings) throws IOException {
        this.directory = directory;
        this.settings = settings;
        process = start(FreePorts.next());
    }

    /**
     * Starts a server.
     *
     * @param settings names and values of what postgresql.conf is not to leave at its default
     */
    static PostgresServer start(String... settings) {
        try {
            return new PostgresServer(newDirectory(), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path newDirectory() throws IOException {
        return Files.createTempDirectory("mooring-postgres");
    }

    /** A replica of this server as it is now, which has lost touch with it. This server is restarted. */
    PostgresServer replica() throws IOException {
        Path copy = newDirectory();
        stop();
        try (Stream<Path> files = Files.walk(data())) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        copy.resolve("data").resolve(data().relativize(file)),
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        Files.createFile(copy.resolve("data").resolve("standby.signal"));
        startAgain();
        return new PostgresServer(copy, settings);
    }

    private EmbeddedPostgres start(int port) throws IOException {
        Redirect log = Redirect.appendTo(directory.resolve("log.txt").toFile());
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(data())
                .setCleanDataDirectory(false)
                .setDataDirectoryCustomizer(data -> requirePasswords(data.toPath()))
                .setServerConfig("lc_messages", "C")
                .setServerConfig("log_line_prefix", "%u:")
                .setOutputRedirector(log)
                .setErrorRedirector(log);
        for (int i = 0; i < settings.length; i += 2) {
            builder.setServerConfig(settings[i], settings[i + 1]);
        }
        return builder.start();
    }

    private static void requirePasswords(Path data) {
        try {
            Files.writeString(
                    data.resolve("pg_hba.conf"), "host all postgres all trust\nhost all all all scram-sha-256\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path data() {
        return directory.resolve("data");
    }

    /** What the server logged about a user's sessions, from the level on. */
    List<String> log(String user) throws IOException {
        return wholeLog()
                .lines()
                .filter(line -> line.startsWith(user + ":"))
                .map(line -> line.substring(user.length() + 1))
                .toList();
    }

    String wholeLog() throws IOException {
        return Files.readString(directory.resolve("log.txt"));
    }

    int port() {
        return process.getPort();
    }

    /** The superuser's DSN, with time enough for a busy machine; {@code &} continues it. */
    String dsn() {
        return dsn("1m");
    }

    String dsn(String timeout) {
        return "postgresql://postgres@localhost:" + port() + "/postgres?timeout=" + timeout;
    }

    void stop() throws IOException {
        process.close();
    }

    void startAgain() throws IOException {
        process = start(process.getPort());
    }

    @Override
    public void close() throws IOException {
        process.close();
        Folders.delete(directory);
    }

    /** A session of the superuser. */
    Connection connect() throws SQLException {
        return process.getPostgresDatabase().getConnection();
    }

    /** Runs statements in a session of their own; returns the first column of what the last one returns. */
    List<String> sql(String... statements) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                values.clear();
                if (statement.execute(sql)) {
                    ResultSet rows = statement.getResultSet();
                    while (rows.next()) {
                        values.add(rows.getString(1));
                    }
                }
            }
        }
        return values;
    }

    /** Ends the sessions of all backends, and returns when they have ended. */
    void terminateSessions() throws SQLException {
        sql("SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE application_name = 'mooring'");
    }

    /** How many sessions backends have. */
    int sessions() throws SQLException {
        return Integer.parseInt(sql("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'mooring'")
                .get(0));
    }
}

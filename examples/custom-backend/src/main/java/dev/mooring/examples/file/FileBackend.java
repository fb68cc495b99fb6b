// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.examples.file;

import dev.mooring.backend.Backend;
import dev.mooring.backend.BackendException;
import dev.mooring.backend.BackendProvider;
import dev.mooring.backend.Dsn;
import dev.mooring.backend.InvalidDsnException;
import dev.mooring.backend.Page;
import dev.mooring.backend.StoredConnection;
import dev.mooring.json.Json;
import dev.mooring.json.JsonReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps each connection in a file of its own, as JSON, named by a hash of its id. Each call holds a lock on the file
 * {@code lock}, and a write replaces a file by renaming, so that a crash leaves whole records. A channel's members are found
 * by reading every file: good for hundreds of connections. Cursors are file names.
 */
public final class FileBackend implements Backend {

    /** A file lock keeps other processes out, but not other threads: they take turns before they open its file. */
    private static final ReentrantLock THREADS = new ReentrantLock();

    private final Path directory;
    private final Duration timeout;
    private final InstantSource clock;
    private volatile boolean closed;

    /** Opens {@code file:///absolute/path} and {@code file://relative/path}; found by {@link java.util.ServiceLoader}. */
    public static final class Provider implements BackendProvider {

        /** For {@link java.util.ServiceLoader}. */
        public Provider() {}

        @Override
        public Set<String> schemes() {
            return Set.of("file");
        }

        @Override
        public Backend open(Dsn dsn) {
            if (dsn.allowParameters(Set.of()).body().isEmpty()) {
                throw new InvalidDsnException("The directory is missing: write file:///path/to/directory.");
            }
            return new FileBackend(Path.of(dsn.body()), dsn.timeout(), InstantSource.system());
        }
    }

    /**
     * Keeps connections in a directory.
     *
     * @param directory the directory, made on first use
     * @param timeout how long a call may wait for other processes
     * @param clock what the time is
     */
    public FileBackend(Path directory, Duration timeout, InstantSource clock) {
        this.directory = directory;
        this.timeout = timeout;
        this.clock = clock;
    }

    @Override
    public StoredConnection save(StoredConnection connection) {
        return locked("save", () -> write(connection));
    }

    @Override
    public Optional<StoredConnection> find(String id) {
        return locked("find", () -> read(file(id)));
    }

    @Override
    public Optional<StoredConnection> update(StoredConnection previous, StoredConnection next) {
        return locked("update", () -> {
            Optional<StoredConnection> current = read(file(previous.id()));
            boolean unchanged = current.isPresent() && current.get().revision().equals(previous.revision());
            return unchanged ? Optional.of(write(next)) : Optional.empty();
        });
    }

    @Override
    public Optional<StoredConnection> delete(String id) {
        return locked("delete", () -> {
            Optional<StoredConnection> current = read(file(id));
            Files.deleteIfExists(file(id));
            return current;
        });
    }

    @Override
    public Page<String> members(String channel, @Nullable String cursor, int limit) {
        return page("members", channel, cursor, limit);
    }

    @Override
    public Page<String> connections(@Nullable String cursor, int limit) {
        return page("connections", null, cursor, limit);
    }

    private Page<String> page(String operation, @Nullable String channel, @Nullable String cursor, int limit) {
        return locked(operation, () -> {
            NavigableSet<String> names = names();
            List<String> ids = new ArrayList<>();
            for (String name : cursor == null ? names : names.tailSet(cursor, false)) {
                Optional<StoredConnection> connection = read(directory.resolve(name));
                if (connection.isPresent()
                        && (channel == null || connection.get().channels().contains(channel))) {
                    ids.add(connection.get().id());
                }
                if (ids.size() == limit) {
                    return new Page<>(ids, name);
                }
            }
            return new Page<>(ids, null);
        });
    }

    @Override
    public int purgeExpired() {
        return locked("purgeExpired", () -> {
            int purged = 0;
            for (String name : names()) {
                if (read(directory.resolve(name)).isEmpty() && Files.deleteIfExists(directory.resolve(name))) {
                    purged++;
                }
            }
            return purged;
        });
    }

    @Override
    public void close() {
        closed = true;
    }

    private NavigableSet<String> names() throws IOException {
        NavigableSet<String> names = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.json")) {
            files.forEach(file -> names.add(String.valueOf(file.getFileName())));
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    private Path file(String id) {
        return directory.resolve(UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)) + ".json");
    }

    private StoredConnection write(StoredConnection connection) throws IOException {
        StoredConnection saved = connection.withRevision(UUID.randomUUID().toString());
        String json = Json.write(Map.of(
                "id", saved.id(),
                "state", saved.state(),
                "channels", saved.channels(),
                "expiresAt", saved.expiresAt().toEpochMilli(),
                "revision", saved.revision()));
        Path written = Files.writeString(directory.resolve("written"), json);
        Files.move(written, file(saved.id()), StandardCopyOption.ATOMIC_MOVE);
        return saved;
    }

    private Optional<StoredConnection> read(Path file) throws IOException {
        try {
            return Optional.of(parse(Files.readString(file)))
                    .filter(connection -> connection.expiresAt().isAfter(clock.instant()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ", which is damaged: delete it", e);
        }
    }

    private static StoredConnection parse(String text) {
        String id = "";
        String state = "";
        String revision = "";
        long expiresAt = 0;
        Set<String> channels = new HashSet<>();
        JsonReader json = new JsonReader(text);
        json.beginObject();
        for (String name; (name = json.nextName()) != null; ) {
            switch (name) {
                case "id" -> id = json.nextString();
                case "state" -> state = json.nextString();
                case "revision" -> revision = json.nextString();
                case "expiresAt" -> expiresAt = json.nextLong();
                case "channels" -> {
                    json.beginArray();
                    while (json.nextElement()) {
                        channels.add(json.nextString());
                    }
                }
                default -> json.skipValue();
            }
        }
        return new StoredConnection(id, state, channels, Instant.ofEpochMilli(expiresAt), revision);
    }

    private interface Call<T> {
        T run() throws IOException, InterruptedException;
    }

    private <T> T locked(String operation, Call<T> call) {
        if (closed) {
            throw new IllegalStateException("This backend is closed.");
        }
        try {
            return inTurn(call);
        } catch (IOException e) {
            String problem = e.getClass().getSimpleName() + " at " + e.getMessage()
                    + ". Can this process write to the directory, and is there room?";
            throw new BackendException("file://" + directory, operation, problem, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackendException("file://" + directory, operation, "the thread was interrupted.", e);
        }
    }

    private <T> T inTurn(Call<T> call) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        if (!THREADS.tryLock(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
            throw overdue();
        }
        try {
            Files.createDirectories(directory);
            // closing the file releases its lock
            try (FileChannel file =
                    FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                while (file.tryLock() == null) {
                    if (System.nanoTime() - deadline > 0) {
                        throw overdue();
                    }
                    Thread.sleep(1);
                }
                return call.run();
            }
        } finally {
            THREADS.unlock();
        }
    }

    private IOException overdue() {
        return new IOException(directory.resolve("lock") + ", which others kept for " + timeout.toMillis() + " ms");
    }
}

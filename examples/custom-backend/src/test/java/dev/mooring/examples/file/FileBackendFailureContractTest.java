// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.examples.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.backend.Backend;
import dev.mooring.backend.tck.BackendFailureContract;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class FileBackendFailureContractTest extends BackendFailureContract {

    /** Another process, which locks a file and keeps it until it is killed. */
    static final class Holder {

        private Holder() {}

        public static void main(String... arguments) throws IOException {
            try (FileChannel file =
                    FileChannel.open(Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                file.lock();
                System.out.println("locked");
                System.in.read();
            }
        }
    }

    @TempDir
    static Path directory;

    private static Process holder;

    @BeforeAll
    static void lock() throws IOException {
        Path lock = Files.createDirectory(directory.resolve("locked")).resolve("lock");
        holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        lock.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(holder.inputReader().readLine()).isEqualTo("locked");
    }

    @AfterAll
    static void unlock() {
        holder.destroyForcibly().onExit().join();
    }

    @Override
    protected Backend openUnreachable(Duration timeout) {
        // a file, where a directory is wanted
        return new FileBackend(directory.resolve("locked/lock/connections"), timeout, InstantSource.system());
    }

    @Override
    protected Backend openSilent(Duration timeout) {
        return new FileBackend(directory.resolve("locked"), timeout, InstantSource.system());
    }
}

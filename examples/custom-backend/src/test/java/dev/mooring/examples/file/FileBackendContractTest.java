// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.examples.file;

import dev.mooring.backend.Backend;
import dev.mooring.backend.tck.BackendContract;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

class FileBackendContractTest extends BackendContract {

    @TempDir
    Path directory;

    @Override
    protected Backend open(InstantSource clock) {
        return new FileBackend(directory.resolve("connections"), Duration.ofSeconds(30), clock);
    }
}

// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import java.io.IOException;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;

/** Runs a shell command beside a server. */
final class InContainer {

    private InContainer() {}

    /** What it printed; fails if it does. */
    static String run(GenericContainer<?> container, String command) {
        try {
            ExecResult result = container.execInContainer("sh", "-c", command);
            if (result.getExitCode() != 0) {
                throw new AssertionError(command + "\n" + result);
            }
            return result.getStdout();
        } catch (IOException e) {
            throw new AssertionError(command, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import dev.mooring.backend.Backend;
import dev.mooring.backend.BackendException;
import dev.mooring.backend.Backends;
import dev.mooring.backend.InvalidDsnException;

/** Opens the backend of a DSN and asks it something, in a JVM whose class path a test chose. */
final class OpenBackend {

    private OpenBackend() {}

    public static void main(String[] args) {
        try (Backend backend = Backends.open(args[0])) {
            System.out.println("opened " + backend.getClass().getName());
            System.out.println(backend.find("nobody"));
        } catch (BackendException | InvalidDsnException e) {
            System.out.println(e.getMessage());
        }
    }
}

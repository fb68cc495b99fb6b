// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Events as API Gateway sends them; the files' connection id is {@link #ID}. */
final class Events {

    static final String ID = "L0SM9cOFvHcCIhw=";

    private Events() {}

    static String connect(String connectionId) {
        return read("connect.json").replace(ID, connectionId);
    }

    static String message(String connectionId) {
        return read("message.json").replace(ID, connectionId);
    }

    static String disconnect(String connectionId) {
        return read("disconnect.json").replace(ID, connectionId);
    }

    static String read(String file) {
        try (InputStream in = Events.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

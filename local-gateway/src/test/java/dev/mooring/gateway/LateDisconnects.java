// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A function that hears of {@code $disconnect} late: AWS promises neither that it comes nor when. */
final class LateDisconnects implements RequestStreamHandler {

    private record Late(String event, Context context) {}

    private final RequestStreamHandler handler;
    private final List<Late> late = new CopyOnWriteArrayList<>();

    LateDisconnects(RequestStreamHandler handler) {
        this.handler = handler;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
        if (EventView.parse(event, context).routeKey().equals("$disconnect")) {
            late.add(new Late(event, context));
        } else {
            handler.handleRequest(stream(event), output, context);
        }
    }

    private static InputStream stream(String event) {
        return new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8));
    }

    /** How many have come and were kept. */
    int count() {
        return late.size();
    }

    void deliver() throws IOException {
        for (Late each : late) {
            handler.handleRequest(stream(each.event), new ByteArrayOutputStream(), each.context);
        }
    }
}

// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers what nothing else did: 404 where there are static files, else 403 as API Gateway does for any unknown path. */
final class NotFoundHandler extends Handler.Abstract.NonBlocking {

    private final boolean hasFiles;

    NotFoundHandler(boolean hasFiles) {
        this.hasFiles = hasFiles;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        return hasFiles
                ? HttpAnswer.json(response, callback, 404, "{\"message\":\"Not Found\"}")
                : HttpAnswer.error(response, callback, 403, "ForbiddenException", "Forbidden");
    }
}

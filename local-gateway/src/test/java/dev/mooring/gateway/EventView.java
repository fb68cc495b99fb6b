// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import com.amazonaws.services.lambda.runtime.Context;
import java.util.Map;

/** An event as a function sees it. */
record EventView(Map<?, ?> json, Context context) {

    Map<?, ?> requestContext() {
        return (Map<?, ?>) json.get("requestContext");
    }

    String routeKey() {
        return (String) requestContext().get("routeKey");
    }

    String connectionId() {
        return (String) requestContext().get("connectionId");
    }

    String body() {
        return (String) json.get("body");
    }

    Map<?, ?> headers() {
        return (Map<?, ?>) json.get("headers");
    }
}

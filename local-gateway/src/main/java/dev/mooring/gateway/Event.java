// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

/**
 * What the function is called with.
 *
 * @param requestId API Gateway's id of the request, which its error frames repeat
 * @param json the event
 */
record Event(String routeKey, String connectionId, String requestId, String json) {

    /** For logs. */
    @Override
    public String toString() {
        return routeKey + " of connection " + connectionId;
    }
}

// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

/**
 * What the function is called with.
 *
 * @param requestId API Gateway's id of the request, which its error frames repeat
 * @param json the event
 * @param isAuthorizers whether an authorizer is asked, instead of a route's function
 */
record Event(String routeKey, String connectionId, String requestId, String json, boolean isAuthorizers) {

    /** For logs. */
    @Override
    public String toString() {
        return (isAuthorizers ? "authorizer's event" : routeKey) + " of connection " + connectionId;
    }
}

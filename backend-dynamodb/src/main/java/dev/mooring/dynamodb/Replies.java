// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.dynamodb;

import java.io.EOFException;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Tells replies that broke off in their head: to HTTP clients they look whole and empty, as if nothing had been found. */
final class Replies {

    private Replies() {}

    /**
     * Returns an answer, if as a reply of DynamoDB it says where it ends.
     *
     * @throws SdkClientException if it does not, with an {@link EOFException} as cause
     */
    static <T> T whole(T answer) {
        SdkHttpResponse reply = answer instanceof SdkResponse response ? response.sdkHttpResponse() : null;
        if (reply != null
                && reply.firstMatchingHeader("Content-Length").isEmpty()
                && reply.firstMatchingHeader("Transfer-Encoding").isEmpty()) {
            EOFException cause = new EOFException("The connection ended before the reply did");
            throw SdkClientException.create(cause.getMessage(), cause);
        }
        return answer;
    }
}

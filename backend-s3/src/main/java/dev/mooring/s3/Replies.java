// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.s3;

import java.io.EOFException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Tells replies that broke off in their head: to HTTP clients they look whole and empty, as if nothing had been found. */
final class Replies {

    private Replies() {}

    /**
     * Returns an answer, if as a reply of S3 it says where it ends.
     *
     * @throws SdkClientException if it does not, with an {@link EOFException} as cause
     */
    static <T> T whole(T answer) {
        SdkHttpResponse reply = reply(answer);
        if (reply != null
                && reply.statusCode() != 204
                && reply.firstMatchingHeader("Content-Length").isEmpty()
                && reply.firstMatchingHeader("Transfer-Encoding").isEmpty()) {
            throw brokenOff();
        }
        return answer;
    }

    static SdkClientException brokenOff() {
        EOFException cause = new EOFException("The answer broke off, or is not S3's");
        return SdkClientException.create(cause.getMessage(), cause);
    }

    private static @Nullable SdkHttpResponse reply(Object answer) {
        Object response = answer instanceof ResponseBytes<?> bytes ? bytes.response() : answer;
        return response instanceof SdkResponse head ? head.sdkHttpResponse() : null;
    }
}

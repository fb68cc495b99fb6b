// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import org.jspecify.annotations.Nullable;

/**
 * What requests to AWS are signed with. Immutable; {@link #toString} shows no secret.
 *
 * @param accessKeyId the access key's id
 * @param secretAccessKey the secret
 * @param sessionToken the token of temporary credentials, null for those of a user
 */
public record Credentials(
        String accessKeyId,
        String secretAccessKey,
        @Nullable String sessionToken) {

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if one is empty, or has white space or other characters that a header cannot hold;
     *     the message does not repeat it
     */
    public Credentials {
        requirePrintable("access key id", accessKeyId);
        requirePrintable("secret access key", secretAccessKey);
        if (sessionToken != null) {
            requirePrintable("session token", sessionToken);
        }
    }

    /** HTTP clients repeat a header's value when they refuse it, so that it is checked here. */
    private static void requirePrintable(String part, String value) {
        boolean printable = !value.isEmpty();
        for (int i = 0; i < value.length(); i++) {
            printable &= value.charAt(i) > ' ' && value.charAt(i) <= '~';
        }
        if (!printable) {
            throw new IllegalArgumentException(
                    "The " + part + " is empty, or has a space, line break or other character that none can have.");
        }
    }

    @Override
    public String toString() {
        return "Credentials[accessKeyId=" + accessKeyId + ", secretAccessKey=***, sessionToken="
                + (sessionToken == null ? "none" : "***") + "]";
    }
}

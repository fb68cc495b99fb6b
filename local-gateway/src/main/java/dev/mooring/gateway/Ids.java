// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/** Ids of API Gateway's form: 11 bytes as 15 characters of base64url and a {@code =}, such as {@code R1kmxc2VNjMCFIA=}. */
final class Ids {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{15}=");
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    static String next() {
        byte[] bytes = new byte[11];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }

    static boolean isWellFormed(String id) {
        return FORM.matcher(id).matches();
    }
}

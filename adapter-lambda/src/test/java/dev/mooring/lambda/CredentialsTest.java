// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Credentials keep their secrets to themselves. */
class CredentialsTest {

    @Test
    void theirTextShowsNoSecret() {
        assertThat(new Credentials("AKID", "s3cr3t", "t0ken"))
                .hasToString("Credentials[accessKeyId=AKID, secretAccessKey=***, sessionToken=***]");
        assertThat(new Credentials("AKID", "s3cr3t", null))
                .hasToString("Credentials[accessKeyId=AKID, secretAccessKey=***, sessionToken=none]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s3cr3t\n", "s3c r3t", "s3cr3té", "\u0000s3cr3t", "s3cr3t\r\nx: y"})
    void whatNoHeaderCanHoldIsRefusedWithoutRepeatingIt(String broken) {
        assertRefused("access key id", () -> new Credentials(broken, "secret", null));
        assertRefused("secret access key", () -> new Credentials("AKID", broken, null));
        assertRefused("session token", () -> new Credentials("AKID", "secret", broken));
    }

    private static void assertRefused(String part, ThrowingCallable callable) {
        assertThatIllegalArgumentException()
                .isThrownBy(callable)
                .withMessage(
                        "The " + part + " is empty, or has a space, line break or other character that none can have.");
    }
}

// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptanceTest {

    @Test
    void aConnectionIsAcceptedWithOrWithoutASubprotocol() {
        assertThat(Acceptance.accept().isAccepted()).isTrue();
        assertThat(Acceptance.accept().status()).isEqualTo(200);
        assertThat(Acceptance.accept().subprotocol()).isEmpty();
        assertThat(Acceptance.accept("chat").isAccepted()).isTrue();
        assertThat(Acceptance.accept("chat").subprotocol()).contains("chat");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 599})
    void aRejectionHasAStatus(int status) {
        assertThat(Acceptance.reject(status).isAccepted()).isFalse();
        assertThat(Acceptance.reject(status).status()).isEqualTo(status);
        assertThat(Acceptance.reject(status).subprotocol()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 101, 200, 399, 600})
    void anyOtherStatusIsNoRejection(int status) {
        assertThatThrownBy(() -> Acceptance.reject(status))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A rejection has a status from 400 to 599, not " + status + ".");
    }

    @Test
    void headersAreKeptInAnyCaseAndOnlyWhereAsked() {
        Acceptance acceptance =
                Acceptance.accept("chat").keepingHeaders("Cookie").keepingHeaders("X-Api-Key", "cookie");
        assertThat(acceptance.keepsHeader("cookie")).isTrue();
        assertThat(acceptance.keepsHeader("X-API-KEY")).isTrue();
        assertThat(acceptance.keepsHeader("Authorization")).isFalse();
        assertThat(acceptance.subprotocol()).contains("chat");
        assertThat(Acceptance.accept().keepsHeader("Cookie")).isFalse();
    }
}

// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AwaitTest {

    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void itLooksUntilTheConditionHolds() {
        Await.until("the third call", () -> calls.incrementAndGet() == 3);

        assertThat(calls).hasValue(3);
    }

    @Test
    void whatDoesNotComeIsNotWaitedForForEver() {
        assertThat(Await.holdsWithin(Duration.ZERO, () -> false)).isFalse();
    }

    @Test
    void aConditionThatCannotBeLookedAtEndsTheWaiting() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Await.until("nothing", () -> {
                    throw new IOException();
                }));
    }

    @Test
    void aCallIsRepeatedWhileItsFailureMayPass() {
        assertThat(Await.success(IllegalStateException.class, this::thirdCall)).isEqualTo(3);
    }

    @Test
    void anyOtherFailureEndsTheWaiting() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> Await.success(IllegalArgumentException.class, this::thirdCall));
        assertThat(calls).hasValue(1);
    }

    private int thirdCall() {
        if (calls.incrementAndGet() < 3) {
            throw new IllegalStateException();
        }
        return calls.get();
    }
}

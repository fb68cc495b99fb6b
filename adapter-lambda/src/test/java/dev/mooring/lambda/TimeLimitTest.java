// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A call ends in time, whatever the server does to keep it; without a limit these would go on until they are ended. */
@Timeout(60)
class TimeLimitTest {

    private static final int CONNECT_MILLIS = 30_000;

    private static void assertThatACallEnds(StalledServer server, int bytes) {
        Endpoint endpoint = new Endpoint("http", "127.0.0.1:" + server.port(), "", "eu-west-1");
        HttpCaller http = new HttpCaller(endpoint, CONNECT_MILLIS, 1_000, InstantSource.system());
        assertThatIOException()
                .isThrownBy(() -> http.call("POST", "/", Map.of(), new byte[bytes]))
                .withMessageContaining("Not done within 1000 ms.");
    }

    @Test
    void aServerThatDoesNotReadIsGivenUp() throws IOException {
        try (StalledServer server = new StalledServer(new ServerSocket(), false)) {
            assertThatACallEnds(server, 16 * 1024 * 1024);
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsGivenUp() throws IOException {
        try (StalledServer server = new StalledServer(new ServerSocket(), false)) {
            assertThatACallEnds(server, 1);
        }
    }

    @Test
    void aServerThatAnswersByteByByteIsGivenUp() throws IOException {
        try (StalledServer server = new StalledServer(new ServerSocket(), true)) {
            assertThatACallEnds(server, 1);
        }
    }

    @Test
    void whatACallThatHasEndedWaitedForStaysOpen() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        Watchdog watchdog = new Watchdog(2_000);
        Watchdog.Call ended = watchdog.begin();
        ended.waitsFor(first::countDown);
        assertThat(ended.end()).isTrue();
        Watchdog.Call overdue = watchdog.begin();
        overdue.waitsFor(second::countDown);
        second.await();
        assertThat(overdue.end()).isFalse();
        assertThat(first.getCount()).isOne();
    }

    @Test
    void aLookUpThatHangsIsLeftBehind() {
        CountDownLatch end = new CountDownLatch(1);
        assertThatExceptionOfType(SocketTimeoutException.class)
                .isThrownBy(() -> AddressLookup.within(100, () -> {
                    end.await();
                    return InetAddress.getLoopbackAddress();
                }))
                .withMessage("The host's address was not found out within 100 ms.");
        end.countDown();
    }
}

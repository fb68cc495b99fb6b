// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest extends GatewayTest {

    private static final byte[] FULL = filled(Limits.FRAME);

    private static byte[] filled(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 'x');
        return bytes;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void assertCloses(RawClient client, int code) throws Exception {
        RawClient.Frame frame = client.receive();
        assertThat(frame.opCode()).isEqualTo(RawClient.CLOSE);
        assertThat(frame.closeCode()).isEqualTo(code);
        assertThat(app.await("$disconnect").requestContext().get("disconnectStatusCode"))
                .isEqualTo((long) code);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1000, Limits.FRAME})
    void aBinaryMessageCloses1003(int length) throws Exception {
        try (RawClient client = RawClient.connect(start().uri())) {
            client.send(RawClient.BINARY, true, filled(length));

            assertCloses(client, 1003);
        }
        assertThat(app.events("$default")).isEmpty();
    }

    @Test
    void theFirstFrameOfABinaryMessageCloses1003() throws Exception {
        try (RawClient client = RawClient.connect(start().uri())) {
            client.send(RawClient.BINARY, false, filled(10));

            assertCloses(client, 1003);
        }
    }

    @Test
    void aFrameOf32KilobytesIsFine() throws Exception {
        try (RawClient client = RawClient.connect(start().uri())) {
            client.send(RawClient.TEXT, true, FULL);

            assertThat(app.await("$default").body()).hasSize(Limits.FRAME);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Limits.FRAME + 1, 65_535, 65_536})
    void aLargerFrameCloses1009(int length) throws Exception {
        try (RawClient client = RawClient.connect(start().uri())) {
            client.send(RawClient.TEXT, true, filled(length));

            assertCloses(client, 1009);
        }
        assertThat(app.events("$default")).isEmpty();
    }

    @Test
    void aMessageOf128KilobytesInFramesIsFine() throws Exception {
        try (RawClient client = RawClient.connect(start().uri())) {
            client.send(RawClient.TEXT, false, FULL);
            client.send(RawClient.CONTINUATION, false, FULL);
            client.send(RawClient.CONTINUATION, false, FULL);
            client.send(RawClient.CONTINUATION, true, FULL);

            assertThat(app.await("$default").body()).hasSize(Limits.MESSAGE);
        }
    }

    @Test
    void aLargerMessageCloses1009() throws Exception {
        try (RawClient client = RawClient.connect(start().uri())) {
            client.send(RawClient.TEXT, false, FULL);
            client.send(RawClient.CONTINUATION, false, FULL);
            client.send(RawClient.CONTINUATION, false, FULL);
            client.send(RawClient.CONTINUATION, false, FULL);
            client.send(RawClient.CONTINUATION, true, bytes("x"));

            assertCloses(client, 1009);
        }
        assertThat(app.events("$default")).isEmpty();
    }

    @Test
    void aCharacterMayBeSplitBetweenFrames() throws Exception {
        byte[] snowman = bytes("☃");
        try (RawClient client = RawClient.connect(start().uri())) {
            client.send(RawClient.TEXT, false, Arrays.copyOf(snowman, 1));
            client.send(RawClient.PING, true, bytes("between"));
            client.send(RawClient.CONTINUATION, true, Arrays.copyOfRange(snowman, 1, 3));

            assertThat(client.receive().text()).isEqualTo("between");
            assertThat(app.await("$default").body()).isEqualTo("☃");
        }
    }

    @Test
    void textThatIsNotUtf8Closes1007() throws Exception {
        try (RawClient client = RawClient.connect(start().uri())) {
            client.send(RawClient.TEXT, true, new byte[] {(byte) 0xc3, (byte) 0x28});

            assertCloses(client, 1007);
        }
    }

    @Test
    void aFrameOutOfOrderCloses1002() throws Exception {
        try (RawClient client = RawClient.connect(start().uri())) {
            client.send(RawClient.CONTINUATION, true, bytes("of what?"));

            assertCloses(client, 1002);
        }
    }

    @Test
    void aPingIsAnsweredAlsoWhileTheFunctionWorks() throws Exception {
        CountDownLatch end = app.hold("$default");
        try (RawClient client = RawClient.connect(start().uri())) {
            client.send("work").send("more work").send(RawClient.PING, true, bytes("there?"));

            RawClient.Frame pong = client.receive();
            assertThat(pong.opCode()).isEqualTo(RawClient.PONG);
            assertThat(pong.text()).isEqualTo("there?");
            end.countDown();
        }
    }

    @Test
    void anUnaskedPongIsIgnored() throws Exception {
        try (RawClient client = RawClient.connect(start().uri())) {
            client.send(RawClient.PONG, true, bytes("!")).send("hello");

            assertThat(app.await("$default").body()).isEqualTo("hello");
        }
    }

    @Test
    void aLargePostArrivesInFramesOf32Kilobytes() throws Exception {
        LocalGateway gateway = start();
        String message = "€".repeat(Limits.MESSAGE / 3);
        try (RawClient client = RawClient.connect(gateway.uri())) {
            Http.post(gateway, app.await("$connect").connectionId(), message);

            ByteBuffer received = ByteBuffer.allocate(Limits.MESSAGE);
            for (int i = 0; i < 4; i++) {
                RawClient.Frame frame = client.receive();
                assertThat(frame.opCode()).isEqualTo(i == 0 ? RawClient.TEXT : RawClient.CONTINUATION);
                assertThat(frame.last()).isEqualTo(i == 3);
                assertThat(frame.payload().remaining()).isLessThanOrEqualTo(Limits.FRAME);
                received.put(frame.payload());
            }
            assertThat(StandardCharsets.UTF_8.decode(received.flip()).toString())
                    .isEqualTo(message);
        }
    }
}

// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Seeded;
import dev.mooring.backend.DsnServer.Host;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Parts of any characters, put together as escapes, come back as they were. */
class DsnRoundTripTest {

    private final Random random = Seeded.random(getClass());

    @Test
    void aServerComesBackInItsParts() {
        for (int i = 0; i < 5_000; i++) {
            DsnServer server = new DsnServer(some(), some(), hosts(), Seeded.text(random, 6));
            Map<String, String> parameters = parameters();
            String text = "redis://" + body(server) + query(parameters);
            Dsn dsn = Dsn.parse(text);
            assertThat(dsn.server()).as(text).isEqualTo(server);
            assertThat(dsn.parameters()).as(text).isEqualTo(parameters);
        }
    }

    @Test
    void aNameAndAPathComeBack() {
        for (int i = 0; i < 5_000; i++) {
            String name = "n" + Seeded.text(random, 6);
            String path = Seeded.text(random, 6);
            Dsn dsn = Dsn.parse("s3://" + encode(name) + "/" + encode(path) + query(parameters()));
            assertThat(dsn.name("bucket")).isEqualTo(name);
            assertThat(dsn.path()).isEqualTo(path);
            assertThat(dsn.body()).isEqualTo(name + "/" + path);
        }
    }

    private Optional<String> some() {
        return Optional.of(Seeded.text(random, 6)).filter(text -> !text.isEmpty());
    }

    private List<Host> hosts() {
        List<Host> hosts = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            hosts.add(new Host(
                    random.nextInt(4) == 0 ? "fe80::" + i : "h" + Seeded.text(random, 6),
                    random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(1 + random.nextInt(65535))));
        }
        return hosts;
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            parameters.put("name_" + i, Seeded.text(random, 6));
        }
        return parameters;
    }

    private String body(DsnServer server) {
        StringBuilder body = new StringBuilder(encode(server.user().orElse("")));
        server.password().ifPresent(password -> body.append(':').append(encode(password)));
        if (!body.isEmpty() || random.nextBoolean()) {
            body.append('@');
        }
        String separator = "";
        for (Host host : server.hosts()) {
            body.append(separator)
                    .append(host.name().startsWith("fe80::") ? "[" + host.name() + "]" : encode(host.name()));
            host.port().ifPresent(port -> body.append(':').append(port));
            separator = ",";
        }
        return body + "/" + encode(server.path());
    }

    private String query(Map<String, String> parameters) {
        StringBuilder query = new StringBuilder();
        parameters.forEach((name, value) -> query.append(query.isEmpty() ? '?' : '&')
                .append(name)
                .append('=')
                .append(encode(value)));
        return query.toString();
    }

    private String encode(String text) {
        HexFormat hex = random.nextBoolean() ? HexFormat.of() : HexFormat.of().withUpperCase();
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b >= 'a' && b <= 'z' && random.nextInt(8) > 0;
            encoded.append(plain ? String.valueOf((char) b) : "%" + hex.toHexDigits(b));
        }
        return encoded.toString();
    }
}

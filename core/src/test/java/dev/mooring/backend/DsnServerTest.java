// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.backend.DsnServer.Host;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DsnServerTest {

    @ParameterizedTest
    @CsvSource({
        "ann:pw@h, ann, pw",
        "ann@h, ann, ''",
        "secret@h, secret, ''",
        ":secret@h, '', secret",
        "ann:@h, ann, ''",
        "@h, '', ''",
        "ann@corp:pw@h, ann@corp, pw",
        "ann:p@ss@h, ann, p@ss",
        "ann:a:b::@h, ann, a:b::",
        "ann:a/b@h/db, ann, a/b",
        "ann:a/@h, ann, a/",
        "ann:a#b&c=d@h, ann, a#b&c=d",
        "ann:50%25%3F@h, ann, 50%?",
        "a%3An:p%40%2Fw@h, a:n, p@/w",
        "ann:a+b@h, ann, a+b",
        "änn:pä%C3%A4🐙@h, änn, pää🐙",
    })
    void userAndPasswordEndAtTheLastAt(String body, String user, String password) {
        DsnServer server = server(body);
        assertThat(server.user().orElse("")).isEqualTo(user);
        assertThat(server.password().orElse("")).isEqualTo(password);
        assertThat(server.hosts()).containsExactly(host("h"));
    }

    @Test
    void whatIsNotGivenIsEmpty() {
        DsnServer server = server("");
        assertThat(server.user()).isEmpty();
        assertThat(server.password()).isEmpty();
        assertThat(server.hosts()).containsExactly(host("localhost"));
        assertThat(server.path()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "h, h",
        "My_Host.1, My_Host.1",
        "127.0.0.1, 127.0.0.1",
        "[::1], ::1",
        "[fe80::1%25eth0], fe80::1%eth0",
        "[::ffff:10.0.0.1], ::ffff:10.0.0.1",
        "%2Fvar%2Frun%2Fpostgresql, /var/run/postgresql",
        "%2Fvar%2Frun%2Fa%20b, /var/run/a b",
    })
    void aHostMayHaveAPort(String text, String name) {
        assertThat(server(text).hosts()).containsExactly(host(name));
        assertThat(server("ann:pw@" + text + ":6379/0").hosts()).containsExactly(host(name, 6379));
    }

    @Test
    void severalHostsKeepTheirOrder() {
        assertThat(server("u:p@b:5433,a,[::1]:1,:65535,/db").hosts())
                .containsExactly(
                        host("b", 5433), host("a"), host("::1", 1), host("localhost", 65535), host("localhost"));
    }

    @ParameterizedTest
    @CsvSource({
        "h/0, 0",
        "/db, db",
        "h:5432/, ''",
        "u:p@h/my%20db, my db",
        "h/a/b, a/b",
        "%2Fvar%2Frun/db, db",
    })
    void thePathFollowsTheFirstSlashOfTheHosts(String body, String path) {
        assertThat(server(body).path()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"h:1:2", "::1", "[::1", "::1]", "[::1]x", "[::1%eth0]", "[h]", "[]", "my host", "a,h[", "u:p@[h"
            })
    void aMalformedHostIsRefused(String body) {
        assertThatThrownBy(() -> server(body))
                .isInstanceOf(InvalidDsnException.class)
                .hasMessage("A host is malformed. Write host:port, and an IPv6 address in brackets, as in [::1]:6379."
                        + " In user and password, write '?' as %3F.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"h:", "h:0", "h:65536", "h:99999999999", "h:-1", "h:+1", "h: 1", "h:x", "h:1x/0", "user:secret"})
    void aMalformedPortIsRefused(String body) {
        assertThatThrownBy(() -> server(body))
                .isInstanceOf(InvalidDsnException.class)
                .hasMessage("A port must be a number from 1 to 65535. In user and password, write '?' as %3F.");
    }

    @ParameterizedTest
    @CsvSource({"a%:pw@h/db, user", "ann:50%@h/db, password", "ann:pw@h%zz/db, host", "ann:pw@h/%, path"})
    void aMalformedEscapeIsRefusedByTheNameOfItsPart(String body, String part) {
        assertThatThrownBy(() -> server(body))
                .isInstanceOf(InvalidDsnException.class)
                .hasMessage("A '%' in the " + part
                        + " must be followed by two hexadecimal digits; write %25 for a percent sign.");
    }

    @Test
    void hostsAreCopied() {
        List<Host> hosts = new java.util.ArrayList<>(List.of(host("a")));
        DsnServer server = new DsnServer(java.util.Optional.empty(), java.util.Optional.empty(), hosts, "");
        hosts.clear();
        assertThat(server.hosts()).containsExactly(host("a"));
    }

    @Test
    void itsTextHoldsTheHostsOnly() {
        assertThat(server("ann:hunter2@h:1/0").toString()).isEqualTo("DsnServer[Host[name=h, port=OptionalInt[1]]]");
    }

    private static DsnServer server(String body) {
        return Dsn.parse("redis://" + body).server();
    }

    private static Host host(String name) {
        return new Host(name, OptionalInt.empty());
    }

    private static Host host(String name, int port) {
        return new Host(name, OptionalInt.of(port));
    }
}

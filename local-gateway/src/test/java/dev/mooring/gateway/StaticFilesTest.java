// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StaticFilesTest extends GatewayTest {

    @TempDir
    Path folder;

    private Path web;

    @BeforeEach
    void write() throws Exception {
        web = Files.createDirectories(folder.resolve("web"));
        Files.writeString(folder.resolve("secret.txt"), "secret");
        Files.writeString(web.resolve("index.html"), "<title>☃</title>");
        Files.writeString(Files.createDirectories(web.resolve("sub")).resolve("page.html"), "sub");
        for (String name : List.of("a.css", "a.js", "a.svg", "a.json", "a.txt", "a.png", "ü b.txt")) {
            Files.writeString(web.resolve(name), name);
        }
    }

    private URI page() throws Exception {
        return start(gateway().staticFiles(web)).endpoint().resolve("/");
    }

    @Test
    void theIndexIsAtTheRoot() throws Exception {
        HttpResponse<String> answer = Http.get(page());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("<title>☃</title>");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-cache");
    }

    @ParameterizedTest
    @CsvSource({
        "index.html, text/html",
        "a.css, text/css",
        "a.js, text/javascript",
        "a.svg, image/svg+xml",
        "a.json, application/json",
        "a.txt, text/plain",
        "a.png, image/png"
    })
    void contentTypesAreRight(String name, String type) throws Exception {
        HttpResponse<String> answer = Http.get(page().resolve(name));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith(type);
    }

    @Test
    void namesMayHaveAnyCharacter() throws Exception {
        assertThat(Http.get(page().resolve("%C3%BC%20b.txt")).body()).isEqualTo("ü b.txt");
    }

    @Test
    void aChangeIsSeenAtOnce() throws Exception {
        URI page = page();
        assertThat(Http.get(page.resolve("a.txt")).body()).isEqualTo("a.txt");

        Files.writeString(web.resolve("a.txt"), "changed");
        Files.writeString(web.resolve("new.txt"), "new");

        Await.until(
                () -> Await.get(() -> Http.get(page.resolve("a.txt"))).body().equals("changed"));
        assertThat(Http.get(page.resolve("new.txt")).body()).isEqualTo("new");
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        assertThat(Http.get(page().resolve("nothing.html")).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../secret.txt",
                "/sub/../../secret.txt",
                "/%2e%2e/secret.txt",
                "/..%2fsecret.txt",
                "/..%252fsecret.txt",
                "/%252e%252e/secret.txt",
                "/..%5csecret.txt",
                "/..\\secret.txt",
                "/.%00./secret.txt",
                "/sub/..;/../secret.txt",
                "//../secret.txt"
            })
    void nothingOutsideOfTheFolderIsServed(String path) throws Exception {
        URI page = page();

        try (RawClient request =
                RawClient.request(page, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")) {
            assertThat(request.status()).isBetween(400, 499);
        }
    }

    @Test
    void foldersAreNotListed() throws Exception {
        HttpResponse<String> answer = Http.get(page().resolve("sub/"));

        assertThat(answer.statusCode()).isBetween(400, 499);
        assertThat(answer.body()).doesNotContain("page.html");
    }

    @Test
    void theApiIsBesideTheFiles() throws Exception {
        LocalGateway gateway = start(gateway().staticFiles(web));

        Client.connect(gateway.uri()).send("hello");

        assertThat(app.await("$default").body()).isEqualTo("hello");
        assertThat(Http.get(gateway.endpoint()).statusCode()).isEqualTo(426);
        assertThat(Client.refusal(gateway.uri().resolve("/"))).isEqualTo(403);
        assertThat(Http.get(gateway.endpoint().resolve("/prod/@connections/R1kmxc2VNjMCFIA="))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void withoutFilesAnyPathIsForbidden() throws Exception {
        URI endpoint = start().endpoint();

        assertThat(Http.get(endpoint.resolve("/")).statusCode()).isEqualTo(403);
        assertThat(Http.get(endpoint.resolve("/index.html")).statusCode()).isEqualTo(403);
    }

    @Test
    void filesOfTheClassPathAreServed() throws Exception {
        URI page = start(gateway().staticFiles("page")).endpoint().resolve("/");

        assertThat(Http.get(page).body()).isEqualTo("from the class path\n");
    }

    @Test
    void filesInAJarAreServed() throws Exception {
        URI page =
                start(gateway().staticFiles("org/junit/jupiter/api")).endpoint().resolve("/");

        assertThat(Http.get(page.resolve("Test.class")).statusCode()).isEqualTo(200);
    }
}

// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DsnMaskTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "memory://",
                "sqlite://chat.db",
                "sqlite:///abs/dir/chat.db",
                "sqlite:///C:/chat.db",
                "sqlite://:memory:",
                "dynamodb://My_table.1?region=eu-west-1&endpoint_url=http://localhost:8000",
                "dynamodb://t?endpoint_url=https://[::1]:8000/a/b&region_name=eu-west-1&auto_create=true",
                "s3://bucket/a/b?endpoint_url=http://s3.local&path_style=true&auto_create=false",
                "postgresql:///db?table=public.connections",
                "postgresql://h1:5432,h2,[::1]:5433/db?ttl=2h&timeout=5s",
                "redis://localhost:6379/0?prefix=app:chat:",
                "rediss://%2Fvar%2Frun/0",
            })
    void whatHoldsNoSecretIsShownAsItIs(String text) {
        assertThat(Dsn.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({
        "redis://ann:hunter2@h:6379/0, redis://ann:***@h:6379/0",
        "redis://:hunter2@h, redis://***@h",
        "redis://hunter2@h, redis://***@h",
        "redis://@h, redis://***@h",
        "'postgresql://ann:a@b:c/d#e@h1,h2:1/db', 'postgresql://ann:***@h1,h2:1/db'",
        "postgresql://ann@corp:hunter2@h/db, postgresql://ann@corp:***@h/db",
        "s3://bucket/a@b, s3://***@b",
        "REDIS://ann:%68unter2@h, redis://ann:***@h",
    })
    void userInfoIsMasked(String text, String masked) {
        assertThat(Dsn.parse(text)).hasToString(masked);
    }

    @ParameterizedTest
    @CsvSource({
        "password=hunter2, password=***",
        "pasword=hunter2, pasword=***",
        "sslpassword=hunter2&ttl=1h, sslpassword=***&ttl=1h",
        "anything=hunter2, anything=***",
        "region=, region=",
        "auto_create=hunter2, auto_create=***",
        "region=eu-west-1password=hunter2, region=***",
        "table=%22; drop, table=***",
        "endpoint_url=http%3A%2F%2Fann%3Ahunter2%40l:8000, endpoint_url=***",
        "endpoint_url=http://ann:hunter2l:8000, endpoint_url=***",
        "endpoint_url=http://l/?token=hunter2, endpoint_url=***",
        "endpoint_url=ftp://l, endpoint_url=***",
    })
    void ofParametersOnlyWhatSaysWhichStoreItIsIsShown(String query, String masked) {
        assertThat(Dsn.parse("x://h?" + query)).hasToString("x://h?" + masked);
    }

    @ParameterizedTest
    @CsvSource({
        "redis://:hunter2, redis://***",
        "redis://ann:hunter2, redis://***",
        "redis://ann:hunter2h:6379/0?prefix=x, redis://***",
        "redis://ann:hun/ter2, redis://***",
        "redis://ann:hun?ter2=x, redis://***",
        "postgresql://ann@corp:hunter2h/db, postgresql://***@***",
        "postgresql://h/dbpassword=hunter2&options=a:b, postgresql://***",
        "postgresql://h/dbpassword=hunter2&options=a:b@c, postgresql://***@c",
        "redis://h%, redis://***",
        "sqlite://C:chat.db, sqlite://***",
    })
    void whatIsNoHostMayBeAPasswordWithoutItsAt(String text, String masked) {
        assertThat(Dsn.parse(text)).hasToString(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://ann:hun?ter=2@h:6379/0",
                "redis://ann:?hunter=2@h",
                "redis://hun?ter=2@h",
                "redis://12?hunter=2@h",
                "redis://ann@corp:hun?ter=2@h",
                "redis://h?endpoint_url=http://ann:hunter2@h",
                "redis://h?application_name=ann@corp",
            })
    void behindAnAtInTheParametersEverythingBeforeItMayBeAPassword(String text) {
        assertThat(Dsn.parse(text)).hasToString("redis://***");
    }
}

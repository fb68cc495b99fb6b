// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DsnTest {

    @ParameterizedTest
    @CsvSource({
        "redis://localhost, redis",
        "REDISS://localhost, rediss",
        "DynamoDB://t, dynamodb",
        "my.own+store-2://x, my.own+store-2",
        "memory://, memory",
    })
    void aSchemeIsReadInAnyCase(String text, String scheme) {
        assertThat(Dsn.parse(text).scheme()).isEqualTo(scheme);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "foo",
                "sqlite",
                "sqlite:chat.db",
                "sqlite:/chat.db",
                "redis//localhost",
                "://localhost",
                "???://unknown/",
                "1redis://localhost",
                " redis://localhost",
                "user:secret@host/x://y",
            })
    void aTextWithoutASchemeIsNoDsn(String text) {
        assertThatThrownBy(() -> Dsn.parse(text))
                .isInstanceOf(InvalidDsnException.class)
                .hasMessage("A DSN begins with a scheme and '://', as in redis://localhost or sqlite://chat.db.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://host\n", "redis://ho\tst", "sqlite://chat.db\r\n", "dynamodb://t?region=\0"})
    void aControlCharacterIsRefused(String text) {
        assertThatThrownBy(() -> Dsn.parse(text))
                .isInstanceOf(InvalidDsnException.class)
                .hasMessage("A DSN must not contain line breaks or other control characters.");
    }

    @ParameterizedTest
    @CsvSource({
        "sqlite://mydbfile.sqlite3, mydbfile.sqlite3",
        "sqlite://./rel.db, ./rel.db",
        "sqlite://dir/file.db, dir/file.db",
        "sqlite:///abs/file.db, /abs/file.db",
        "sqlite:///C:/file.db, /C:/file.db",
        "sqlite://:memory:, :memory:",
        "sqlite://a%20b%3F%23%25.db?timeout=1s, a b?#%.db",
        "sqlite://a+b#c@d.db, a+b#c@d.db",
        "sqlite://, ''",
    })
    void theBodyNamesAFile(String text, String file) {
        assertThat(Dsn.parse(text).body()).isEqualTo(file);
    }

    @ParameterizedTest
    @CsvSource({
        "dynamodb://my_table, my_table, ''",
        "dynamodb://My.Table.001?region=eu-west-1, My.Table.001, ''",
        "dynamodb://table-1/, table-1, ''",
        "dynamodb://t%C3%A4ble, täble, ''",
        "s3://Bucket.1, Bucket.1, ''",
        "s3://bucket/a/b%20c/?path_style=true, bucket, a/b c/",
        "s3://bucket//a, bucket, /a",
        "s3://a//, a, /",
        "s3://bucket/%2Fa, bucket, /a",
        "s3://b%2Fc/d, b/c, d",
    })
    void aNameAndAPathKeepTheirCase(String text, String name, String path) {
        assertThat(Dsn.parse(text).name("table")).isEqualTo(name);
        assertThat(Dsn.parse(text).path()).isEqualTo(path);
    }

    @Test
    void aPathMayStandAlone() {
        assertThat(Dsn.parse("x:///a/b").path()).isEqualTo("a/b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dynamodb://", "dynamodb:///t", "dynamodb://?region=x"})
    void aMissingNameIsAskedFor(String text) {
        assertThatThrownBy(() -> Dsn.parse(text).name("table"))
                .isInstanceOf(InvalidDsnException.class)
                .hasMessage("The table is missing: write dynamodb://<table>.");
    }
}

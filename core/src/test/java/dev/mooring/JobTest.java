// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobTest {

    @Test
    void aJobIsShortJson() {
        assertThat(Job.send(List.of("a="), "hi").toJson())
                .isEqualTo("{\"type\":\"send\",\"to\":[\"a=\"],\"text\":\"hi\"}");
        assertThat(Job.publish("news", "hi", "a=").toJson())
                .isEqualTo("{\"type\":\"publish\",\"channel\":\"news\",\"text\":\"hi\",\"except\":[\"a=\"]}");
        assertThat(Job.broadcast("hi").from("cursor").toJson())
                .isEqualTo("{\"type\":\"broadcast\",\"text\":\"hi\",\"cursor\":\"cursor\"}");
        assertThat(Job.close(List.of("a=")).toJson()).isEqualTo("{\"type\":\"close\",\"to\":[\"a=\"]}");
    }

    @Test
    void aJobComesBackAsItWas() {
        for (Job job : List.of(
                Job.send(List.of("a", "b"), "\"😀\n"),
                Job.publish("news", "", "a").from("c"),
                Job.broadcast("hi", "a", "b"),
                Job.close(List.of("a")))) {
            assertThat(Job.fromJson(job.toJson())).isEqualTo(job);
        }
    }

    @Test
    void membersOfALaterVersionAreIgnored() {
        assertThat(Job.fromJson("{\"v\":2,\"type\":\"broadcast\",\"text\":\"hi\",\"new\":{\"x\":[]}}"))
                .isEqualTo(Job.broadcast("hi"));
    }

    @Test
    void membersThatAreNotNeededMayBeNull() {
        assertThat(Job.fromJson("{\"type\":\"publish\",\"channel\":\"news\",\"to\":null,\"text\":\"hi\","
                        + "\"except\":null,\"cursor\":null}"))
                .isEqualTo(Job.publish("news", "hi"));
        assertThat(Job.fromJson("{\"type\":\"close\",\"channel\":null,\"to\":[\"a=\"],\"text\":null}"))
                .isEqualTo(Job.close(List.of("a=")));
    }

    @Test
    void aConnectionThatIsNamedTwiceIsMeantOnce() {
        assertThat(Job.fromJson("{\"type\":\"send\",\"to\":[\"b\",\"a\",\"b\"],\"text\":\"hi\"}"))
                .isEqualTo(Job.send(List.of("b", "a"), "hi"));
    }

    @Test
    void whatCannotBeAConnectionIdIsAnError() {
        assertThatThrownBy(() -> Job.fromJson("{\"type\":\"send\",\"to\":[\"a=\",\"\"],\"text\":\"hi\"}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A connection id has 1 to 128 characters, this one has 0.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    ``                                              | Expected an object at character 0
                    nonsense                                        | Expected an object at character 0
                    {"type":"shout","text":"x"}                     | 'type' must be send, publish, broadcast or close
                    {"text":"x"}                                    | 'type' is missing
                    {"type":"broadcast"}                            | 'text' is missing
                    {"type":"publish","text":"x"}                   | 'channel' is for publish, and only for it
                    {"type":"broadcast","channel":"c","text":"x"}   | 'channel' is for publish, and only for it
                    {"type":"send","text":"x"}                      | 'to' is for send and close, and only for them
                    {"type":"send","to":null,"text":"x"}            | 'to' is for send and close, and only for them
                    {"type":"send","to":"a","text":"x"}             | Expected an array at character 20
                    {"type":"publish","to":["a"],"channel":"c","text":"x"} | 'to' is for send and close, and only for them
                    """)
    void aMalformedJobSaysWhy(String json, String problem) {
        assertThatThrownBy(() -> Job.fromJson(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Malformed job: " + problem + ".");
    }
}

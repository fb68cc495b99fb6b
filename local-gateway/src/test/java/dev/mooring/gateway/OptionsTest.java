// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OptionsTest {

    static List<Arguments> wrongUse() {
        return List.of(
                Arguments.of(List.of(), "--handler is missing: name the handler's class."),
                Arguments.of(List.of("--verbose"), "Unknown option: --verbose."),
                Arguments.of(List.of("Echo"), "Unknown option: Echo."),
                Arguments.of(List.of("--handler"), "--handler needs a value."),
                Arguments.of(List.of("--handler", "--port"), "--handler needs a value."),
                Arguments.of(
                        List.of("--handler", "X", "--port", "http"),
                        "--port needs a number from 0 to 65535, not 'http'."),
                Arguments.of(
                        List.of("--handler", "X", "--port=65536"),
                        "--port needs a number from 0 to 65535, not '65536'."),
                Arguments.of(
                        List.of("--handler", "X", "--timeout", "0"),
                        "--timeout needs a number from 1 to 900, not '0'."),
                Arguments.of(
                        List.of("--handler", "X", "--stage", "a/b"),
                        "Not a stage name: 'a/b'. It has 1 to 128 letters, digits, '-' and '_'."),
                Arguments.of(
                        List.of("--handler", "X", "--route", "$joined"),
                        "Not a route key: '$joined'. Keys are $connect, $default, $disconnect and any text that does"
                                + " not begin with $."),
                Arguments.of(
                        List.of("--handler", "X", "--route", "join", "--two-way", "say"),
                        "The two-way route say is none of the routes join."),
                Arguments.of(
                        List.of("--handler", "X", "--identity-source", "route.request.header.Authorization"),
                        "--identity-source is for an authorizer: name its class with --authorizer."),
                Arguments.of(
                        List.of("--handler", "X", "--authorizer", "Y", "--identity-source", "token"),
                        "Not an identity source: 'token'. Write route.request.header.NAME or"
                                + " route.request.querystring.NAME."),
                Arguments.of(
                        List.of("--handler", "X", "--authorizer", "Y", "--route", "$default"),
                        "The authorizer is that of the route $connect, and there is no such route."),
                Arguments.of(
                        List.of("--handler", "X", "--static", "no/such/folder"),
                        "The folder of static files no/such/folder does not exist, or is no folder."));
    }

    @ParameterizedTest
    @MethodSource
    void wrongUse(List<String> arguments, String message) {
        assertThatThrownBy(() -> Options.parse(arguments.toArray(String[]::new)))
                .isInstanceOf(UsageException.class)
                .hasMessage(message);
    }

    @Test
    void anExpressionThatIsNoneIsWrongUse() {
        assertThatThrownBy(() -> Options.parse("--handler", "X", "--route-selection", "$request.path"))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("Not a route selection expression: $request.path");
    }
}

// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteSelectionExpressionTest {

    private static final String BODY = """
            {"action":"join", "service":{"do":"x/y", "list":["a",{"b":"c"},[1,2]]}, "a-b":"hyphen", "a.b":"dot", "":"empty",
             "n":5, "f":1.50, "e":1e2, "t":true, "nil":null, "blank":"", "o":{"k":1}, "items":["item1","item2"], "$d":"dollar"}
            """;

    @ParameterizedTest
    @CsvSource({
        "$request.body.action, join",
        "$request.body.service.do, x/y",
        "$request.body.service.list[0], a",
        "$request.body.service.list[1].b, c",
        "$request.body.service.list[2][1], 2",
        "$request.body['action'], join",
        "$request.body.service['do'], x/y",
        "$request.body['a.b'], dot",
        "$request.body.a-b, hyphen",
        "${request.body.action}, join",
        "${request.body['service'].do}, x/y",
    })
    void aPathTakesAMemberOfTheBody(String expression, String selected) {
        assertThat(select(expression, BODY)).isEqualTo(selected);
    }

    @ParameterizedTest
    @CsvSource({
        "${request.body.action}/${request.body.n}, join/5",
        "${request.body.action}-${request.body.invalidPath}, join-",
        "${request.body.action}${request.body.n}, join5",
        "$request.body.action/$request.body.n, join/5",
        "v1.${request.body.action}, v1.join",
        "a $request.body.action b, a join b",
    })
    void severalValuesAndTextsMakeOneKey(String expression, String selected) {
        assertThat(select(expression, BODY)).isEqualTo(selected);
    }

    @ParameterizedTest
    @CsvSource({"action, action", "\\$default, $default", "a b/c, a b/c", "request.body.action, request.body.action"})
    void anyOtherTextIsARouteKeyWhateverTheBody(String expression, String selected) {
        assertThat(select(expression, BODY)).isEqualTo(selected);
        assertThat(select(expression, "no JSON")).isEqualTo(selected);
    }

    @ParameterizedTest
    @CsvSource({
        "n, 5",
        "f, 1.50",
        "e, 1E+2",
        "t, true",
        "items, '[item1, item2]'",
        "o, '{\"k\":1}'",
    })
    void whatIsNoStringCountsByItsText(String member, String selected) {
        assertThat(select("$request.body." + member, BODY)).isEqualTo(selected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "missing",
                "nil",
                "blank",
                "action.x",
                "action[0]",
                "service[0]",
                "service.list.a",
                "service.list[3]",
                "service.list[999999999]",
                "service.list[0].x",
                "n.x",
            })
    void whatIsNotThereIsTheEmptyText(String path) {
        assertThat(select("$request.body." + path, BODY)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[{\"action\":\"join\"}]", "\"action\"", "5", "null", "{}", "{\"Action\":\"join\"}"})
    void aBodyOfAnotherShapeSelectsTheEmptyText(String body) {
        assertThat(select("$request.body.action", body)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "hello", "{", "{\"action\":\"join\"", "{\"action\":\"join\"} x", "{'action':'join'}"})
    void aBodyThatIsNoJsonSelectsDefault(String body) {
        assertThat(select("$request.body.action", body)).isEqualTo("$default");
        assertThat(select("a/${request.body.action}", body)).isEqualTo("$default");
    }

    @Test
    void aBodyBeyondTheLimitsOfJsonSelectsDefault() {
        assertThat(select("$request.body.action", "[".repeat(1000) + "]".repeat(1000)))
                .isEqualTo("$default");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "$",
                "$default",
                "$request",
                "$request.header.x",
                "$request.body",
                "$request.body.",
                "$request.bodyaction",
                "$request.body..action",
                "$request.body.a[",
                "$request.body.a[x]",
                "$request.body.a[-1]",
                "$request.body.a[*]",
                "$request.body.a['b]",
                "$request.body.a['']",
                "$request.body.a.[0]",
                "$request.body.a[9999999999]",
                "${request.body.action",
                "${request.body}",
                "${}",
                "${action}",
                "${request.body.a b",
                "a\\b",
                "\\",
                "$$request.body.a",
                "$context.routeKey",
            })
    void anythingElseIsNoExpression(String expression) {
        assertThatThrownBy(() -> RouteSelectionExpression.parse(expression))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Not a route selection expression: " + expression
                        + ". Write $request.body.<path>, several as ${request.body.<path>}, or a fixed route key;"
                        + " a path has .names, ['names'] and [indexes].");
    }

    private static String select(String expression, String body) {
        return RouteSelectionExpression.parse(expression).select(body);
    }
}

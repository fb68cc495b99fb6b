// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Seeded;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What Jackson makes of a text, this reader makes of it. */
class JsonAgainstJacksonTest {

    private static final Object REFUSED = "refused";
    private static final Object BEYOND_LIMITS = "beyond limits that Jackson does not have";

    /** Jackson refuses an escaped surrogate without its other half, and takes U+0131 for the hexadecimal digit 1. */
    private static final Pattern JACKSONS_OWN = Pattern.compile("(?i)\\\\u(d[89a-f]|[0-9a-f]{0,3}[^\\x00-\\x7f])");

    private static final JsonMapper JACKSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNumberLength(400).build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Random random = Seeded.random(getClass());
    private final RandomJson json = new RandomJson(random);

    @Test
    void randomDocumentsReadAlike() {
        for (int i = 0; i < 20_000; i++) {
            String text = json.document();
            assertThat(Json.parse(text)).as(text).isEqualTo(jackson(text));
        }
    }

    @Test
    void damagedDocumentsReadAlikeOrNotAtAll() {
        int accepted = 0;
        for (int i = 0; i < 40_000; i++) {
            String text = json.damaged(json.document());
            Object value = ours(text);
            assertThat(isSkipped(text)).as(text).isEqualTo(!REFUSED.equals(value) && !BEYOND_LIMITS.equals(value));
            if (!BEYOND_LIMITS.equals(value) && !JACKSONS_OWN.matcher(text).find()) {
                assertThat(value).as(text).isEqualTo(jackson(text));
                accepted += REFUSED.equals(value) ? 0 : 1;
            }
        }
        assertThat(accepted).as("how many were still JSON").isBetween(4_000, 36_000);
    }

    @Test
    void whatIsWrittenReadsAsItWas() {
        for (int i = 0; i < 5_000; i++) {
            Object value = Json.parse(json.document());
            String text = Json.write(value);
            assertThat(Json.write(Json.parse(text))).isEqualTo(text);
            assertThat(Json.write(jackson(text))).isEqualTo(text);
        }
    }

    private static Object ours(String text) {
        try {
            return Json.parse(text);
        } catch (JsonException e) {
            return e.getMessage().startsWith("A number out of range") ? BEYOND_LIMITS : REFUSED;
        }
    }

    private static boolean isSkipped(String text) {
        try {
            JsonReader reader = new JsonReader(text);
            reader.skipValue();
            reader.end();
            return true;
        } catch (JsonException e) {
            return false;
        }
    }

    private static Object jackson(String text) {
        try {
            return asOurs(JACKSON.readValue(text, Object.class));
        } catch (JacksonException e) {
            return REFUSED;
        }
    }

    private static Object asOurs(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> members = new LinkedHashMap<>();
            map.forEach((name, member) -> members.put(name, asOurs(member)));
            return members;
        }
        if (value instanceof List<?> list) {
            List<Object> elements = new ArrayList<>();
            list.forEach(element -> elements.add(asOurs(element)));
            return elements;
        }
        if (value instanceof Integer number) {
            return number.longValue();
        }
        return value instanceof BigInteger number ? new BigDecimal(number) : value;
    }
}

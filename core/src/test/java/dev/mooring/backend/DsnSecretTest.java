// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * However a DSN is damaged, nothing that is said about it holds its secret. What cannot be known is left out: a secret
 * that reads as a port, and one that stands, without its {@code @}, where a host stands.
 */
class DsnSecretTest {

    private static final List<String> FORMS = List.of(
            "redis://ann:%s@host:6379/0?prefix=chat&ttl=1h",
            "redis://:%s@host:6379/0",
            "postgresql://ann@corp:%s@h1:5432,h2,[::1]/db?sslmode=require",
            "postgresql://host/db?user=ann&password=%s&timeout=5s",
            "postgresql://host/db?region=eu-west-1&sslpassword=%s",
            "dynamodb://table?endpoint_url=http://ann:%s@localhost:8000&region=eu-west-1");

    private static final List<Function<Dsn, Object>> QUESTIONS = List.of(
            dsn -> dsn,
            Dsn::server,
            dsn -> dsn.allowParameters(Set.of("prefix", "region", "endpoint_url")),
            Dsn::ttl,
            dsn -> dsn.flag("prefix", true),
            dsn -> dsn.number("region", 1, 1, 2));

    private final Random random = Seeded.random(getClass());

    @Test
    void aSecretOfAnyCharactersIsNeverSaid() {
        for (int i = 0; i < 2_000; i++) {
            String secret = secret();
            String text = form().replace("%s", secret);
            assertThat(saidOf(text)).as(text).noneMatch(words -> words.contains(secret));
        }
    }

    @Test
    void aSecretInADamagedDsnIsNeverSaid() {
        for (int i = 0; i < 10_000; i++) {
            String form = form();
            int gap = form.indexOf("%s");
            String secret = secret();
            String before = form.substring(0, gap);
            String after = form.substring(gap + 2);
            String text = random.nextBoolean()
                    ? damage(before, before.substring(random.nextInt(gap))) + secret + after
                    : before + secret + damage(after, after.substring(0, random.nextInt(after.length() + 1)));
            assertThat(saidOf(text)).as(text).noneMatch(words -> words.contains(secret));
        }
    }

    @Test
    void noPartOfASecretIsSaidWhereAQuestionMarkSplitsIt() {
        for (String form : FORMS.subList(0, 3)) {
            for (String secret : List.of(
                    "hunter?tango=sierra", "?hunter=tango&tango=sierra", "12?tango=1&tango=2", "hunter?tango")) {
                String text = form.replace("%s", secret);
                assertThat(saidOf(text)).as(text).noneMatch(words -> words.matches("(?s).*(hunter|tango|sierra).*"));
            }
        }
    }

    private String form() {
        return FORMS.get(random.nextInt(FORMS.size()));
    }

    private String secret() {
        return "hunter" + Seeded.text(random, 6) + "2";
    }

    /** One character lost, doubled, inserted or replaced by another, or the end cut off. */
    private String damage(String text, String cut) {
        if (text.isEmpty()) {
            return text;
        }
        int at = random.nextInt(text.length());
        char other = "@:/?#%&=[],x1".charAt(random.nextInt(13));
        return switch (random.nextInt(5)) {
            case 0 -> text.substring(0, at) + text.substring(at + 1);
            case 1 -> text.substring(0, at) + text.charAt(at) + text.substring(at);
            case 2 -> text.substring(0, at) + other + text.substring(at);
            case 3 -> text.substring(0, at) + other + text.substring(at + 1);
            default -> cut;
        };
    }

    private static List<String> saidOf(String text) {
        List<String> said = new ArrayList<>();
        for (Function<Dsn, Object> question : QUESTIONS) {
            try {
                said.add(question.apply(Dsn.parse(text)).toString());
            } catch (InvalidDsnException e) {
                said.add(e.toString());
            }
        }
        return said;
    }
}

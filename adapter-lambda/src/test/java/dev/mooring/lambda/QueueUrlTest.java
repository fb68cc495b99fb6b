// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mooring.Job;
import dev.mooring.adapter.JobQueue;
import dev.mooring.adapter.JobQueueProvider;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code MOORING_QUEUE_URL} is opened by what the class path has for it, and closed with the handler. */
class QueueUrlTest {

    private static final List<String> STEPS = new ArrayList<>();

    @TempDir
    private Path folder;

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @AfterEach
    void restore() {
        Thread.currentThread().setContextClassLoader(before);
        STEPS.clear();
    }

    /** A queue that notes what becomes of it. */
    public static class Provider implements JobQueueProvider {
        @Override
        public JobQueue open(String url) {
            STEPS.add("open " + url);
            return new JobQueue() {
                @Override
                public void add(List<Job> jobs) {
                    throw new AssertionError("nothing is published");
                }

                @Override
                public void close() {
                    STEPS.add("close");
                }
            };
        }
    }

    /** One more. */
    public static class OtherProvider extends Provider {}

    private void onTheClassPath(Class<?>... providers) throws IOException {
        Path services = folder.resolve("META-INF/services/" + JobQueueProvider.class.getName());
        Files.createDirectories(services.getParent());
        Files.write(services, List.of(providers).stream().map(Class::getName).toList());
        Thread.currentThread()
                .setContextClassLoader(
                        new URLClassLoader(new URL[] {folder.toUri().toURL()}, before));
    }

    private static WebSocketLambda.Builder builder(String dsn) {
        return WebSocketLambda.builder((connection, message) -> {})
                .environment(Map.of("MOORING_DSN", dsn, "MOORING_QUEUE_URL", "https://queue/jobs"));
    }

    @Test
    void itIsOpenedAndClosedWithTheHandler() throws IOException {
        onTheClassPath(Provider.class);
        try (WebSocketLambda handler = builder("memory://").build()) {
            assertThat(handler).isNotNull();
            assertThat(STEPS).containsExactly("open https://queue/jobs");
        }
        assertThat(STEPS).containsExactly("open https://queue/jobs", "close");
    }

    @Test
    void theBuildersQueueWinsAndIsNotClosed() throws IOException {
        onTheClassPath(Provider.class);
        JobQueue given = new Provider().open("given");
        builder("memory://").queue(given).build().close();
        assertThat(STEPS).containsExactly("open given");
    }

    @Test
    void withoutItsJarTheErrorSaysWhichToAdd() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder("memory://").build())
                .withMessage("MOORING_QUEUE_URL is set, but nothing on the class path opens queues: add the dependency"
                        + " dev.mooring:mooring-queue-sqs. In a shaded jar, merge the META-INF/services files"
                        + " (ServicesResourceTransformer).");
    }

    @Test
    void twoThatOpenQueuesAreOneTooMany() throws IOException {
        onTheClassPath(Provider.class, OtherProvider.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder("memory://").build())
                .withMessage("Several things on the class path open queues: " + Provider.class.getName() + " and "
                        + OtherProvider.class.getName()
                        + ". Remove all but one, or give queue(...) to the builder.");
    }
}

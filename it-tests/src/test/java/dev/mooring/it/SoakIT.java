// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Backends;
import dev.mooring.testsupport.Await;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Clients come, talk, change channels, leave and die for a while, by default a minute for each store: {@code
 * -Dmooring.it.soak=PT1H} for an hour.
 */
@RequiresDocker
class SoakIT {

    private static final Duration LENGTH = Duration.parse(System.getProperty("mooring.it.soak", "PT1M"));
    private static final int CROWDS = 4;
    private static final int CLIENTS_OF_A_CROWD = 15;
    private static final long MEGABYTE = 1 << 20;

    @Timeout(value = 1, unit = TimeUnit.DAYS) // it takes as long as it is told to
    @ParameterizedTest
    @EnumSource(names = {"POSTGRES_NEWEST", "REDIS_NEWEST", "DYNAMODB", "S3"})
    void afterMuchChurnTheStoreHoldsWhoIsThereAndNothingHasGrown(Server server) throws Exception {
        try (RunningServer running = server.start()) {
            Set<String> before = threads();
            churn(running.patientDsn());
            Await.until("no thread is left", () -> before.containsAll(threads()), () -> threads() + " after " + before);
        }
    }

    private static void churn(String dsn) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CROWDS);
        try (Site site = Site.on(dsn);
                Backend store = Backends.open(dsn)) {
            List<Crowd> crowds = new ArrayList<>();
            for (int i = 0; i < CROWDS; i++) {
                crowds.add(new Crowd(site, new Random(i)));
            }
            run(threads, crowds, LENGTH.dividedBy(4));
            long used = usedMegabytes();
            run(threads, crowds, LENGTH.multipliedBy(3).dividedBy(4));
            assertThat(usedMegabytes()).as("MB of heap in use, %d before", used).isLessThan(used + 24);

            Set<String> live = new TreeSet<>();
            crowds.forEach(crowd -> live.addAll(crowd.ids()));
            Await.until(
                    "the store holds exactly who is there",
                    () -> stored(store).equals(live),
                    () -> stored(store) + " against " + live);
        } finally {
            threads.shutdownNow();
        }
    }

    private static void run(ExecutorService threads, List<Crowd> crowds, Duration length) throws Exception {
        long end = System.nanoTime() + length.toNanos();
        List<Callable<Void>> tasks = new ArrayList<>();
        crowds.forEach(crowd -> tasks.add(() -> {
            crowd.moveUntil(end);
            return null;
        }));
        for (Future<Void> task : threads.invokeAll(tasks)) {
            task.get();
        }
    }

    private static Set<String> stored(Backend store) {
        Set<String> ids = new TreeSet<>();
        String cursor = null;
        do {
            var page = store.connections(cursor, 100);
            ids.addAll(page.items());
            cursor = page.next();
        } while (cursor != null);
        return ids;
    }

    private static long usedMegabytes() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEGABYTE;
    }

    /** By name, but for those that the JDK's HTTP clients keep. */
    private static Set<String> threads() {
        Set<String> names = new TreeSet<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!thread.getName().matches("HttpClient.*|Keep-Alive-Timer|Cleaner-.*|Common-Cleaner")) {
                names.add(thread.getName());
            }
        }
        return names;
    }

    /** Some clients that one thread moves about. */
    private static final class Crowd {

        private final Site site;
        private final Random random;
        private final List<LedgerClient> clients = new ArrayList<>();

        Crowd(Site site, Random random) {
            this.site = site;
            this.random = random;
            for (int i = 0; i < CLIENTS_OF_A_CROWD; i++) {
                clients.add(site.connect());
            }
        }

        void moveUntil(long end) {
            while (System.nanoTime() < end) {
                int index = random.nextInt(CLIENTS_OF_A_CROWD);
                LedgerClient client = clients.get(index);
                String channel = "room-" + random.nextInt(20);
                switch (random.nextInt(7)) {
                    case 0 -> client.ask("join", "channel", channel);
                    case 1 -> client.ask("leave", "channel", channel);
                    case 2 -> client.ask("say", "channel", channel, "text", "hi");
                    case 3 -> replace(index, client::close);
                    case 4 -> replace(index, client::die);
                    default -> client.ask("add");
                }
            }
        }

        private void replace(int index, Runnable goodbye) {
            goodbye.run();
            clients.set(index, site.connect());
        }

        List<String> ids() {
            return clients.stream().map(LedgerClient::id).toList();
        }
    }
}

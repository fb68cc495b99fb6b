// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.adapter;

import dev.mooring.Job;
import dev.mooring.PublishReport;
import dev.mooring.Publisher;
import dev.mooring.backend.StoredConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Publishes through the engine's gateway. */
final class EnginePublisher implements Publisher {

    /** How many ids are read at a time, and how many go into one job. */
    private static final int PAGE = 1000;

    /** How many jobs are queued at a time: what a batch of SQS holds. */
    private static final int BATCH = 10;

    private static final System.Logger LOG = System.getLogger(EnginePublisher.class.getName());

    private final Engine engine;

    EnginePublisher(Engine engine) {
        this.engine = engine;
    }

    @Override
    public boolean send(String connectionId, String text) {
        byte[] message = engine.encode(text);
        return removeUnless(post(connectionId, message), connectionId);
    }

    private boolean post(String connectionId, byte[] message) {
        try {
            boolean sent = retrying(() -> engine.gateway.post(connectionId, message));
            if (sent) {
                engine.listener.sent();
            }
            return sent;
        } catch (RuntimeException e) {
            engine.listener.failed();
            throw e;
        }
    }

    @Override
    public boolean close(String connectionId) {
        return removeUnless(retrying(() -> engine.gateway.close(connectionId)), connectionId);
    }

    /** A client that was not reached is gone. */
    private boolean removeUnless(boolean reached, String connectionId) {
        if (!reached) {
            engine.listener.gone();
            engine.tell(engine.depart(connectionId).stream().toList());
        }
        return reached;
    }

    private boolean retrying(BooleanSupplier call) {
        for (int attempt = 1; ; attempt++) {
            try {
                return call.getAsBoolean();
            } catch (RuntimeException e) {
                if (engine.isTimeUp()
                        || !Retry.isWorthwhile(e, attempt, attempt)
                        || !slept(Retry.delayNanos(attempt))) {
                    throw e;
                }
            }
        }
    }

    private static boolean slept(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public PublishReport publish(String channel, String text, String... except) {
        return run(Job.publish(channel, text, except));
    }

    @Override
    public PublishReport broadcast(String text, String... except) {
        return run(Job.broadcast(text, except));
    }

    @Override
    public PublishReport run(Job job) {
        byte[] message = engine.encode(job.text());
        PagedIds ids = ids(job);
        JobQueue queue = engine.queue;
        if (queue != null && job.to().isEmpty() && (engine.isTimeUp() || !fitsOnePage(ids))) {
            return new PublishReport(0, 0, Map.of(), spread(job, ids, queue), List.of());
        }
        Delivery delivery =
                new Delivery(engine, ids, Set.copyOf(job.except()), job.type() == Job.Type.CLOSE ? null : message);
        try {
            delivery.run();
            return report(job, delivery, ids);
        } finally {
            delivery.tell();
        }
    }

    /** Says what became of a job, once what is left of it is in the queue. */
    private PublishReport report(Job job, Delivery delivery, PagedIds ids) {
        warn(delivery.failed());
        JobQueue queue = engine.queue;
        List<Job> rest = rest(job, delivery.missed(), ids);
        if (queue != null && !rest.isEmpty()) {
            queue.add(rest);
            return new PublishReport(delivery.delivered(), delivery.gone(), delivery.failed(), rest.size(), List.of());
        }
        return new PublishReport(delivery.delivered(), delivery.gone(), delivery.failed(), 0, rest);
    }

    /** Few apps read a report, and nobody else hears that sends are refused. */
    private static void warn(Map<String, Long> failed) {
        for (var cause : failed.entrySet()) {
            LOG.log(System.Logger.Level.WARNING, "Clients not reached: " + cause.getValue() + ". " + cause.getKey());
        }
    }

    private static boolean fitsOnePage(PagedIds ids) {
        return !ids.hasNext() || !ids.hasMorePages();
    }

    /** Reading ids is cheap and posting is not: this function reads, and as many others as the queue starts post. */
    private int spread(Job job, PagedIds ids, JobQueue queue) {
        int queued = 0;
        List<Job> jobs = new ArrayList<>();
        while (ids.hasNext()) {
            jobs.addAll(inParts(job, without(job.except(), ids.restOfPage())));
            if (jobs.size() >= BATCH) {
                queue.add(jobs);
                queued += jobs.size();
                jobs = new ArrayList<>();
            }
        }
        jobs.addAll(rest(job, without(job.except(), ids.restOfPage()), ids));
        queue.add(jobs);
        return queued + jobs.size();
    }

    private static List<String> without(List<String> except, List<String> ids) {
        return ids.stream().filter(id -> !except.contains(id)).toList();
    }

    /** What is left of a job: some of the ids that were read, and the pages that were not. */
    private static List<Job> rest(Job job, List<String> missed, PagedIds ids) {
        List<Job> rest = inParts(job, missed);
        if (ids.hasMorePages()) {
            rest.add(job.from(ids.cursor()));
        }
        return rest;
    }

    private static List<Job> inParts(Job job, List<String> ids) {
        List<Job> parts = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += PAGE) {
            List<String> part = ids.subList(from, Math.min(from + PAGE, ids.size()));
            parts.add(job.type() == Job.Type.CLOSE ? Job.close(part) : Job.send(part, job.text()));
        }
        return parts;
    }

    private PagedIds ids(Job job) {
        return switch (job.type()) {
            case SEND, CLOSE -> PagedIds.of(job.to());
            case PUBLISH -> memberIds(String.valueOf(job.channel()), job.cursor(), engine::isTimeUp);
            case BROADCAST ->
                new PagedIds(job.cursor(), cursor -> engine.backend.connections(cursor, PAGE), engine::isTimeUp);
        };
    }

    private PagedIds memberIds(String channel, @Nullable String from, BooleanSupplier timeUp) {
        StoredConnection.requireName("channel name", channel);
        return new PagedIds(from, cursor -> engine.backend.members(channel, cursor, PAGE), timeUp);
    }

    @Override
    public Stream<String> members(String channel) {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(memberIds(channel, null, () -> false), Spliterator.NONNULL), false);
    }

    @Override
    public Optional<Map<String, String>> attributes(String connectionId) {
        return engine.backend
                .find(connectionId)
                .map(stored ->
                        Map.copyOf(ConnectionState.fromJson(stored.state()).attributes()));
    }
}

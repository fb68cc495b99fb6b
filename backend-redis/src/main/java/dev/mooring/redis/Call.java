// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.redis;

import dev.mooring.backend.BackendException;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisException;

/** One call on the backend: what it sends, again where that is of use, in the time that it has. */
final class Call {

    private static final System.Logger LOG = System.getLogger(Call.class.getName());

    private static final long SHORTEST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 400;

    private final Server server;
    private final String operation;
    private final long deadline;
    private @Nullable Connection waitingOn;
    private boolean replyLost;
    private volatile boolean abandoned;
    private volatile @Nullable Throwable lastFailure;

    Call(Server server, String operation) {
        this.server = server;
        this.operation = operation;
        this.deadline = System.nanoTime() + server.timeout().toNanos();
    }

    @Nullable
    Object send(Command command) {
        return sendTogether(List.of(command)).get(0);
    }

    /** Sends in one round trip per server. */
    List<@Nullable Object> sendTogether(List<Command> commands) {
        return commands.isEmpty() ? List.of() : inTime(sender -> sender.sendTogether(commands));
    }

    /** Makes entries and then saves the record that names them, in one round trip if it is a single server. */
    @Nullable
    Object save(List<Command> entries, Command record) {
        return inTime(sender -> Collections.singletonList(sender.save(entries, record)))
                .get(0);
    }

    /** Sends what may as well fail: the call has done its work already. */
    void tidy(List<Command> commands) {
        try {
            sendTogether(commands);
        } catch (BackendException e) {
            LOG.log(System.Logger.Level.WARNING, "Left to expire, as it could not be removed at once", e);
        }
    }

    /** Refuses a reply that may be due to an earlier sending of the same command, whose own reply was lost. */
    void requireCertainty() {
        if (replyLost) {
            throw failure("a reply was lost; whether it took effect is not known. Read and try again.", null);
        }
    }

    /** A command goes out. If one went out before and its connection broke, nobody knows whether it arrived. */
    void sending(Connection connection) {
        checkTime();
        replyLost |= waitingOn != null && waitingOn.isBroken();
        waitingOn = connection;
    }

    void answered() {
        waitingOn = null;
    }

    /** Nothing is sent once the caller has been told that the call failed. */
    void checkTime() {
        if (nanosLeft() <= 0) {
            throw new JedisException("The time of this call was over before the command was sent.");
        }
    }

    private long nanosLeft() {
        return abandoned ? 0 : deadline - System.nanoTime();
    }

    private BackendException failure(String problem, @Nullable Throwable cause) {
        return new BackendException(server.name(), operation, problem, cause);
    }

    private List<@Nullable Object> inTime(Work work) {
        Future<List<@Nullable Object>> result = server.submit(() -> persistently(work));
        try {
            return result.get(nanosLeft(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (TimeoutException e) {
            result.cancel(true);
            throw timedOut(e);
        } catch (InterruptedException e) {
            abandoned = true;
            result.cancel(true);
            Thread.currentThread().interrupt();
            throw failure("the thread was interrupted.", e);
        }
    }

    private BackendException timedOut(TimeoutException e) {
        Throwable last = lastFailure;
        return last == null ? failure(Trouble.NO_ANSWER.advice + givenUp(), e) : failure(last);
    }

    private RuntimeException failure(ExecutionException e) {
        Throwable cause = Objects.requireNonNull(e.getCause());
        if (cause instanceof Error error) {
            throw error;
        }
        return failure(cause);
    }

    private BackendException failure(Throwable cause) {
        Trouble.Finding finding = Trouble.find(cause);
        String tried = finding.trouble().passes ? givenUp() : "";
        return failure(finding.trouble().advice + tried + " Reported: " + finding.report(), finding.cause());
    }

    private String givenUp() {
        return " Given up after " + server.timeout().toMillis() + " ms.";
    }

    private List<@Nullable Object> persistently(Work work) throws InterruptedException {
        // none before the second attempt, which is for connections that broke while nobody looked
        long pause = 0;
        while (true) {
            try {
                return work.with(new Sender(server.client(), this));
            } catch (JedisException e) {
                if (!Trouble.find(e).trouble().passes || nanosLeft() < TimeUnit.MILLISECONDS.toNanos(pause)) {
                    throw e;
                }
                lastFailure = e;
                server.dropIdle();
                Thread.sleep(pause);
                pause = Math.min(LONGEST_PAUSE_MILLIS, pause == 0 ? SHORTEST_PAUSE_MILLIS : 2 * pause);
            }
        }
    }

    private interface Work {
        List<@Nullable Object> with(Sender sender) throws InterruptedException;
    }
}

// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import dev.mooring.Publisher;
import dev.mooring.adapter.Engine;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers each kind of event that a function gets. Thread-safe. */
final class Invocations implements AutoCloseable {

    private final boolean twoWay;
    private final InstantSource clock;
    private final Engines engines;
    private final @Nullable Authorizer authorizer;
    private final @Nullable EmfMetrics metrics;

    Invocations(Settings settings) {
        twoWay = settings.isTwoWay();
        clock = settings.clock;
        authorizer = settings.authorizer;
        metrics = settings.metrics();
        engines = new Engines(settings, metrics);
    }

    /**
     * Answers an event.
     *
     * @return the answer as JSON
     * @throws IllegalArgumentException if the event is of no kind that is known
     */
    String answer(String text, Context context) {
        try {
            return answerAny(text, context);
        } finally {
            if (metrics != null) {
                metrics.write(context.getFunctionName(), clock.instant());
            }
        }
    }

    private String answerAny(String text, Context context) {
        WebSocketEvent event = WebSocketEventParser.parse(text, clock.instant());
        return event == null ? other(OtherEvent.parse(text), context) : webSocket(event, context);
    }

    private String webSocket(WebSocketEvent event, Context context) {
        try {
            Deadline deadline = Deadline.of(context, clock);
            return run(event, engines.of(event).until(deadline.at(), deadline.grace()));
        } catch (UnauthorizedException e) {
            throw e;
        } catch (Exception e) {
            log(event, context, e);
            if (event.type() == WebSocketEvent.Type.AUTHORIZE) {
                throw e;
            }
            return twoWay && event.type() == WebSocketEvent.Type.MESSAGE
                    ? LambdaAnswer.failed(event.connectionId(), event.requestId())
                    : LambdaAnswer.FAILED;
        }
    }

    private String run(WebSocketEvent event, Engine engine) {
        return switch (event.type()) {
            case CONNECT -> LambdaAnswer.to(engine.connect(event.connectionId(), event.handshake()));
            case MESSAGE -> LambdaAnswer.reply(engine.message(event.connectionId(), event.message(), twoWay));
            case DISCONNECT -> {
                engine.disconnect(event.connectionId(), event.closeReason());
                yield LambdaAnswer.OK;
            }
            case AUTHORIZE -> authorize(event);
        };
    }

    private String authorize(WebSocketEvent event) {
        if (authorizer == null) {
            throw new IllegalStateException(
                    "An authorizer's event came, but there is no authorizer: give authorizer(...) to the builder.");
        }
        return authorizer.authorize(event.handshake()).toJson(event.methodArn());
    }

    private static void log(WebSocketEvent event, Context context, Exception e) {
        String what = event.type() + " of connection " + event.connectionId() + " failed, API Gateway request "
                + event.requestId() + ", Lambda request " + context.getAwsRequestId() + ": ";
        context.getLogger().log(what + StackTrace.of(e), LogLevel.ERROR);
    }

    private String other(OtherEvent event, Context context) {
        List<?> records = event.queueRecords();
        if (records != null) {
            return LambdaAnswer.failed(run(records, context));
        }
        if (event.isSchedule()) {
            return LambdaAnswer.purged(engines.any().purgeExpired());
        }
        throw event.rejection();
    }

    private List<String> run(List<?> records, Context context) {
        Deadline deadline = Deadline.of(context, clock);
        Publisher publisher =
                engines.configured().until(deadline.at(), deadline.grace()).publisher();
        return new QueueBatch(publisher, clock, deadline.at(), context.getLogger()).run(records);
    }

    /** Closes what was opened by its DSN or URL, and the connections to connection APIs. */
    @Override
    public void close() {
        engines.close();
    }
}

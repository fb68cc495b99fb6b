// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.redis;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** Sends the commands of one call, and nothing after its time is over. */
final class Sender {

    private final Client client;
    private final Call call;

    Sender(Client client, Call call) {
        this.client = client;
        this.call = call;
    }

    @Nullable
    Object send(Command command) {
        try {
            return execute(command.brief());
        } catch (JedisNoScriptException e) {
            return execute(command.inFull());
        }
    }

    private @Nullable Object execute(CommandObject<Object> command) {
        try {
            Object reply = client.jedis.executeCommand(command.withPreProcessHook(call::sending));
            call.answered();
            return reply;
        } catch (JedisDataException e) {
            call.answered();
            throw e;
        }
    }

    /** Sends in one round trip per server. */
    List<@Nullable Object> sendTogether(List<Command> commands) throws InterruptedException {
        List<Response<Object>> responses = commands.size() == 1 ? List.of() : pipeline(commands);
        List<@Nullable Object> replies = new ArrayList<>();
        for (int i = 0; i < commands.size(); i++) {
            replies.add(i < responses.size() ? reply(responses.get(i), commands.get(i)) : send(commands.get(i)));
        }
        return replies;
    }

    private List<Response<Object>> pipeline(List<Command> commands) throws InterruptedException {
        List<Response<Object>> responses = new ArrayList<>();
        client.pipelines.acquire();
        try (AbstractPipeline pipeline = client.pipelined()) {
            call.checkTime();
            for (Command command : commands) {
                responses.add(pipeline.executeCommand(command.brief()));
            }
        } catch (JedisException e) {
            // What has no response is sent again, alone: Jedis follows a cluster's redirections for single commands
            // only.
        } finally {
            client.pipelines.release();
        }
        return responses;
    }

    private @Nullable Object reply(Response<Object> response, Command command) {
        try {
            return response.get();
        } catch (JedisException | IllegalStateException e) {
            return send(command);
        }
    }

    /** Saves a record once its entries are made: a single server does that in one step. */
    @Nullable
    Object save(List<Command> entries, Command record) throws InterruptedException {
        if (!client.isCluster()) {
            return send(Command.inOneStep(entries, record));
        }
        sendTogether(entries);
        return send(record);
    }
}

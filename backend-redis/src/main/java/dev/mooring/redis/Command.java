// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.redis;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol;

/** A command on one key, plain or a script, or a script on several; the replies of all are raw. */
final class Command {

    private final Protocol.Command name;
    private final @Nullable Script script;
    private final List<String> keys;
    private final List<String> arguments;

    Command(Protocol.Command name, String key, List<String> arguments) {
        this.name = name;
        this.script = null;
        this.keys = List.of(key);
        this.arguments = arguments;
    }

    Command(Script script, List<String> keys, List<String> arguments) {
        this.name = Protocol.Command.EVALSHA;
        this.script = script;
        this.keys = keys;
        this.arguments = arguments;
    }

    /** Entries and the record that names them, in one step; for a server that has them all. */
    static Command inOneStep(List<Command> entries, Command save) {
        List<String> keys = new ArrayList<>(save.keys);
        List<String> arguments = new ArrayList<>();
        for (Command entry : entries) {
            keys.addAll(entry.keys);
            arguments.addAll(entry.arguments);
        }
        arguments.addAll(save.arguments);
        return new Command(Script.ENTER_AND_SAVE, keys, arguments);
    }

    /** As it is sent first: a script by its digest. */
    CommandObject<Object> brief() {
        return script == null ? build(new CommandArguments(name)) : evaluate(name, script.sha1);
    }

    /** As it is sent to a server that does not know the script. */
    CommandObject<Object> inFull() {
        return script == null ? brief() : evaluate(Protocol.Command.EVAL, script.text);
    }

    private CommandObject<Object> evaluate(Protocol.Command evaluation, String what) {
        return build(new CommandArguments(evaluation).add(what).add(keys.size()));
    }

    private CommandObject<Object> build(CommandArguments command) {
        return new CommandObject<>(command.keys(keys).addObjects(arguments), BuilderFactory.RAW_OBJECT);
    }
}

// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What Redis does in one step, on one key, so that each script but one runs in a cluster too. A script may be sent
 * twice where the reply to the first was lost: the second run of the same arguments does nothing more. {@link #DELETE}
 * answers as the first time; those that write a record answer only that it is written, not what it replaces.
 */
enum Script {

    /** Enters a member into a sorted set. Arguments: member, milliseconds the set must last, now, any number. */
    ENTER("""
            redis.call('ZADD', KEYS[1], 0, ARGV[1])
            if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[2]) then
              redis.call('PEXPIRE', KEYS[1], ARGV[2])
            end
            local from = ARGV[4] % redis.call('ZCARD', KEYS[1])
            for _, entry in ipairs(redis.call('ZRANGE', KEYS[1], from, from + 9)) do
              if tonumber(string.match(entry, '%z(%d+)')) <= tonumber(ARGV[3]) then
                redis.call('ZREM', KEYS[1], entry)
              end
            end
            """),

    /** Stores a record. Arguments: revision, milliseconds it lasts, fields and values. Returns what it replaces. */
    SAVE("""
            if redis.call('HGET', KEYS[1], 'listed') == ARGV[1] then return {} end
            local replaced = redis.call('HGETALL', KEYS[1])
            redis.call('DEL', KEYS[1])
            redis.call('HSET', KEYS[1], unpack(ARGV, 3))
            redis.call('PEXPIRE', KEYS[1], ARGV[2])
            return replaced
            """),

    /**
     * Enters a member into several sorted sets and then stores a record, where one server has all of them: if it refuses
     * an entry, it does not store the record. Keys: the record's, the sets'. Arguments: those of {@link #ENTER} for each
     * set, those of {@link #SAVE}. Returns what the record replaces.
     */
    ENTER_AND_SAVE("""
            local function enter(KEYS, ARGV)
            %s
            end
            local function save(KEYS, ARGV)
            %s
            end
            for i = 2, #KEYS do
              enter({KEYS[i]}, {unpack(ARGV, 4 * i - 7, 4 * i - 4)})
            end
            return save({KEYS[1]}, {unpack(ARGV, 4 * #KEYS - 3)})
            """.formatted(ENTER.text, SAVE.text)),

    /**
     * Changes a record if it is still as it was. Arguments: revision before, revision after, now, milliseconds it lasts,
     * how many of the arguments that follow are fields and values to set (state, expires, revision and then entries),
     * those, and the entries to take away. Returns what the entries to set and to take away were before, null where the
     * race was lost.
     */
    UPDATE("""
            local is = redis.call('HMGET', KEYS[1], 'revision', 'expires', 'deleted')
            if is[1] == ARGV[2] then return {} end
            if is[1] ~= ARGV[1] or is[3] or tonumber(is[2]) <= tonumber(ARGV[3]) then return false end
            local last = 5 + ARGV[5]
            local before = {}
            for i = 12, last, 2 do
              before[#before + 1] = redis.call('HGET', KEYS[1], ARGV[i])
            end
            redis.call('HSET', KEYS[1], unpack(ARGV, 6, last))
            for i = last + 1, #ARGV do
              before[#before + 1] = redis.call('HGET', KEYS[1], ARGV[i])
              redis.call('HDEL', KEYS[1], ARGV[i])
            end
            redis.call('PEXPIRE', KEYS[1], ARGV[4])
            return before
            """),

    /**
     * Marks a record as deleted and returns it, to one caller only. Arguments: the caller's mark, milliseconds until the
     * record goes. Null where there is none, or where it is marked by another. A server whose memory is full refuses a
     * script's first write if that may need memory, and no later one: so the one that needs none comes first.
     */
    DELETE("""
            local mark = redis.call('HGET', KEYS[1], 'deleted')
            if mark and mark ~= ARGV[1] then return false end
            local record = redis.call('HGETALL', KEYS[1])
            if #record == 0 then return false end
            redis.call('PEXPIRE', KEYS[1], ARGV[2])
            redis.call('HSET', KEYS[1], 'deleted', ARGV[1])
            return record
            """),

    /** Removes a record that the caller has marked. Argument: its mark. */
    BURY("""
            if redis.call('HGET', KEYS[1], 'deleted') == ARGV[1] then redis.call('DEL', KEYS[1]) end
            """);

    final String text;
    final String sha1;

    Script(String text) {
        this.text = text;
        this.sha1 = sha1(text);
    }

    Command on(String key, List<String> arguments) {
        return new Command(this, List.of(key), arguments);
    }

    private static String sha1(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-1", e);
        }
    }
}

// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.dynamodb;

import dev.mooring.backend.StoredConnection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How a connection becomes items, and back. {@link DynamoDbBackend} tells what they are for. */
final class Items {

    static final String PARTITION_KEY = "pk";
    static final String SORT_KEY = "sk";
    static final String EXPIRES_AT = "expiresAt";
    static final String EXPIRES_AT_MILLIS = "expiresAtMillis";
    static final String REVISION = "revision";
    static final String CHANNELS = "channels";
    static final String STATE = "state";
    static final String STATE_REVISION = "stateRevision";

    static final String RECORD = "record";
    private static final String JOURNAL = "journal";
    private static final String CONNECTION = "connection#";
    private static final String CHANNEL = "channel#";

    /** An item holds 400 KiB, so beside the largest state there is room for so many bytes of channel names. */
    private static final int MAX_CHANNEL_BYTES_BESIDE_STATE = 130_000;

    private static final int MAX_BYTES_PER_NAME = 3 * StoredConnection.MAX_NAME_LENGTH;

    private Items() {}

    static Map<String, AttributeValue> recordKey(String id) {
        return key(CONNECTION + id, RECORD);
    }

    static Map<String, AttributeValue> stateKey(String id) {
        return key(CONNECTION + id, STATE);
    }

    static Map<String, AttributeValue> journalKey(String id) {
        return key(CONNECTION + id, JOURNAL);
    }

    static Map<String, AttributeValue> membershipKey(String channel, String id) {
        return key(partition(channel), id);
    }

    static String partition(String channel) {
        return CHANNEL + channel;
    }

    static Map<String, AttributeValue> key(String partition, String sort) {
        Map<String, AttributeValue> key = new HashMap<>();
        key.put(PARTITION_KEY, text(partition));
        key.put(SORT_KEY, text(sort));
        return key;
    }

    static Map<String, AttributeValue> record(StoredConnection connection) {
        Map<String, AttributeValue> item = recordKey(connection.id());
        putExpiry(item, connection.expiresAt());
        item.put(REVISION, text(connection.revision()));
        putChannels(item, connection.channels());
        if (isStateApart(connection.channels())) {
            item.put(STATE_REVISION, text(connection.revision()));
        } else {
            item.put(STATE, text(connection.state()));
        }
        return item;
    }

    static Map<String, AttributeValue> state(StoredConnection connection) {
        Map<String, AttributeValue> item = stateKey(connection.id());
        putExpiry(item, connection.expiresAt());
        item.put(REVISION, text(connection.revision()));
        item.put(STATE, text(connection.state()));
        return item;
    }

    static Map<String, AttributeValue> journal(StoredConnection connection, Set<String> channels) {
        Map<String, AttributeValue> item = journalKey(connection.id());
        putExpiry(item, connection.expiresAt());
        item.put(REVISION, text(connection.revision()));
        putChannels(item, channels);
        return item;
    }

    static Map<String, AttributeValue> membership(String channel, StoredConnection connection) {
        Map<String, AttributeValue> item = membershipKey(channel, connection.id());
        putExpiry(item, connection.expiresAt());
        return item;
    }

    /** Reads a record, whose state is empty where that is kept apart, or a journal. */
    static StoredConnection connection(Map<String, AttributeValue> item) {
        return new StoredConnection(
                idOfRecord(item),
                item.containsKey(STATE) ? item.get(STATE).s() : "",
                item.containsKey(CHANNELS) ? Set.copyOf(item.get(CHANNELS).ss()) : Set.of(),
                Instant.ofEpochMilli(
                        Long.parseLong(attribute(item, EXPIRES_AT_MILLIS).n())),
                attribute(item, REVISION).s());
    }

    static String idOfRecord(Map<String, AttributeValue> key) {
        return attribute(key, PARTITION_KEY).s().substring(CONNECTION.length());
    }

    static String idOfMembership(Map<String, AttributeValue> key) {
        return attribute(key, SORT_KEY).s();
    }

    /** A key as text: the length of its first part, and both parts. */
    static String cursorAt(Map<String, AttributeValue> key) {
        String partition = attribute(key, PARTITION_KEY).s();
        return partition.length() + ":" + partition + attribute(key, SORT_KEY).s();
    }

    static Map<String, AttributeValue> keyAt(String cursor) {
        try {
            int begin = cursor.indexOf(':') + 1;
            int end = begin + Integer.parseInt(cursor.substring(0, begin - 1));
            return key(cursor.substring(begin, end), cursor.substring(end));
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new IllegalArgumentException("This is not a cursor from an earlier page: " + cursor, e);
        }
    }

    static boolean hasRevision(Map<String, AttributeValue> item, String revision) {
        return item.containsKey(REVISION) && attribute(item, REVISION).s().equals(revision);
    }

    /** Whether the channel names leave no room for the state, whatever its size. */
    static boolean isStateApart(Set<String> channels) {
        if (channels.size() * MAX_BYTES_PER_NAME <= MAX_CHANNEL_BYTES_BESIDE_STATE) {
            return false;
        }
        int bytes = 0;
        for (String channel : channels) {
            bytes += channel.getBytes(StandardCharsets.UTF_8).length;
        }
        return bytes > MAX_CHANNEL_BYTES_BESIDE_STATE;
    }

    /** Whether nobody may see it, for it is only begun, or about to be deleted. */
    static boolean isHidden(StoredConnection connection) {
        return connection.expiresAt().equals(Instant.EPOCH);
    }

    /** DynamoDB knows no empty set. */
    private static void putChannels(Map<String, AttributeValue> item, Set<String> channels) {
        if (!channels.isEmpty()) {
            item.put(CHANNELS, AttributeValue.fromSs(List.copyOf(channels)));
        }
    }

    /** Seconds for DynamoDB, which deletes some time after them, and milliseconds for us, who look. */
    private static void putExpiry(Map<String, AttributeValue> item, Instant expiresAt) {
        long millis = expiresAt.toEpochMilli();
        item.put(EXPIRES_AT, expiresAt(expiresAt));
        item.put(EXPIRES_AT_MILLIS, number(millis));
    }

    /** The first whole second at which it has expired. */
    static AttributeValue expiresAt(Instant expiresAt) {
        return number(expiresAt.plusMillis(999).getEpochSecond());
    }

    private static AttributeValue attribute(Map<String, AttributeValue> item, String name) {
        return Objects.requireNonNull(item.get(name), name);
    }

    static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    static AttributeValue number(long value) {
        return AttributeValue.fromN(String.valueOf(value));
    }
}

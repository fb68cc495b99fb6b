// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.s3;

import dev.mooring.backend.StoredConnection;
import java.util.HashSet;
import java.util.Set;

/**
 * One version of a connection's record: an object of two parts, the header as a line of JSON and the state as it is.
 *
 * @param id the connection's id
 * @param etag the object's ETag; empty where nothing is stored, or not yet
 * @param header all but the state
 * @param state the state; empty where the connection is gone
 */
record S3Record(String id, String etag, Header header, String state) {

    /** An ETag that no object has: of a revision that is none of ours. */
    private static final String NO_ETAG = "\"0\"";

    /** Stands for nothing stored. */
    static S3Record absent(String id) {
        return new S3Record(id, "", Header.absent(), "");
    }

    static S3Record parse(String id, String etag, String body) {
        int end = body.indexOf('\n');
        return new S3Record(id, etag, Header.fromJson(body.substring(0, Math.max(end, 0))), body.substring(end + 1));
    }

    /** What was read earlier, without its state: the revision holds the rest, which saves reading it again. */
    static S3Record of(StoredConnection connection) {
        String revision = connection.revision();
        int space = revision.indexOf(' ');
        return space < 0
                ? new S3Record(connection.id(), NO_ETAG, Header.absent(), "")
                : new S3Record(
                        connection.id(),
                        revision.substring(0, space),
                        Header.fromJson(revision.substring(space + 1)),
                        "");
    }

    boolean exists() {
        return !etag.isEmpty();
    }

    /** Whether this is a version that somebody made, as it is stored. */
    boolean is(S3Record version) {
        return header.stamp().equals(version.header.stamp());
    }

    String body() {
        return header.toJson() + "\n" + state;
    }

    StoredConnection connection() {
        Set<String> channels = new HashSet<>(header.channels().keySet());
        channels.remove(Keys.EVERYBODY);
        return new StoredConnection(id, state, channels, header.expiresAt(), etag + " " + header.toJson());
    }

    /** The keys of the markers that belong to this version. */
    Set<String> markers(Keys keys) {
        String segment = Keys.encode(id);
        long expires = header.expiresAt().toEpochMilli();
        Set<String> markers = new HashSet<>();
        header.channels()
                .forEach((channel, stamp) ->
                        markers.add(keys.channel(channel) + new Marker(segment, stamp, expires).path()));
        return markers;
    }

    /** The version that follows, not yet stored. */
    S3Record replacedBy(StoredConnection connection) {
        return new S3Record(id, "", header.replacedBy(connection), connection.state());
    }

    /** The version that follows and is gone, not yet stored. */
    S3Record tombstone() {
        return new S3Record(id, "", header.tombstone(), "");
    }

    /** The version that follows once the channels that were left are clean, not yet stored. */
    S3Record settled() {
        return new S3Record(id, "", header.settled(), state);
    }

    S3Record withEtag(String etag) {
        return new S3Record(id, etag, header, state);
    }
}

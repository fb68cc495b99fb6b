// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Records and their markers, for the length of one call. {@link S3Backend} says why each step comes where it does. */
final class S3Records {

    private final S3Objects objects;
    private final Keys keys;

    S3Records(S3Objects objects, Keys keys) {
        this.objects = objects;
        this.keys = keys;
    }

    /** Reads the record of a connection, of which there may be none. */
    S3Record get(String id) {
        return objects.get(keys.record(id))
                .map(object -> S3Record.parse(id, object.response().eTag(), object.asUtf8String()))
                .orElseGet(() -> S3Record.absent(id));
    }

    /**
     * Puts a version in the place of another: the markers that are new first, then the record, and in the end it
     * removes the markers that are of no more use.
     *
     * @return what is stored then: the next version, or what was in its way
     */
    S3Record replace(S3Record base, S3Record next) {
        Set<String> added = next.markers(keys);
        added.removeAll(base.markers(keys));
        objects.createAll(added);
        sweep(base);
        S3Record stored = commit(base, next);
        if (stored.isWriteOf(next)) {
            return settle(stored);
        }
        // whoever was faster may have written the same markers
        added.removeAll(stored.markers(keys));
        objects.deleteAll(added);
        return stored;
    }

    private S3Record settle(S3Record stored) {
        if (stored.header().leaving().isEmpty()) {
            return stored;
        }
        sweep(stored);
        S3Record settled = commit(stored, stored.settled());
        return settled.isWriteOf(stored) ? settled : stored;
    }

    /** Removes a version and its markers, unless another has taken its place. */
    boolean remove(S3Record base) {
        S3Record tombstone = base.tombstone();
        S3Record stored = commit(base, tombstone);
        if (!stored.isWriteOf(tombstone)) {
            return false;
        }
        objects.deleteAll(base.markers(keys));
        sweep(base);
        objects.delete(keys.record(base.id()), stored.etag());
        return true;
    }

    /** Does what is left to do where somebody began to remove a connection. */
    void finishRemoval(S3Record tombstone) {
        sweep(tombstone);
        objects.delete(keys.record(tombstone.id()), tombstone.etag());
    }

    /** Removes markers in the channels that a version has left: those of earlier versions, which nobody can want. */
    void sweep(S3Record record) {
        List<String> prefixes = new ArrayList<>();
        for (String channel : record.header().leaving()) {
            prefixes.add(keys.markers(channel, record.id()));
        }
        List<String> stale = objects.listAll(prefixes);
        stale.removeAll(record.markers(keys));
        stale.removeIf(key -> !isOld(key, record.header()));
        objects.deleteAll(stale);
    }

    private static boolean isOld(String key, Header header) {
        Optional<Marker> marker = Marker.parse(key);
        return marker.isPresent() && marker.get().isOlderThan(header);
    }

    /** Writes the next version if the base is still there; returns what is stored then. */
    private S3Record commit(S3Record base, S3Record next) {
        while (true) {
            Optional<String> etag = objects.put(keys.record(base.id()), next.body(), base.etag());
            if (etag.isPresent()) {
                return next.withEtag(etag.get());
            }
            S3Record stored = get(base.id());
            // If the base is there after all, somebody else's write was in the way, and failed.
            if (!stored.etag().equals(base.etag())) {
                return stored;
            }
        }
    }
}

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
     * Puts a version in the place of another: its new markers first, then the record.
     *
     * @return what is stored then: the next version, to be settled, or what was in its way
     */
    S3Record replace(S3Record base, S3Record next) {
        Set<String> added = next.markers(keys);
        added.removeAll(base.markers(keys));
        objects.createAll(added);
        sweep(base);
        S3Record stored = commit(base, next);
        if (!stored.is(next)) {
            // whoever was faster may have added the same markers
            added.removeAll(stored.markers(keys));
            objects.deleteAll(added);
        }
        return stored;
    }

    /** Removes the markers of the channels that a version has left; returns what is stored then. */
    S3Record settle(S3Record stored) {
        if (stored.header().leaving().isEmpty()) {
            return stored;
        }
        sweep(stored);
        S3Record settled = stored.settled();
        S3Record after = commit(stored, settled);
        return after.is(settled) ? after : stored;
    }

    /** Marks a connection as gone and cleans up behind it, unless another version has taken this one's place. */
    boolean bury(S3Record base) {
        S3Record tombstone = base.tombstone();
        S3Record stored = commit(base, tombstone);
        boolean buried = stored.is(tombstone);
        if (buried) {
            cleanUp(stored);
        }
        return buried;
    }

    /** Removes what is left of a connection that is gone, perhaps not for the first time. */
    void cleanUp(S3Record tombstone) {
        objects.deleteAll(tombstone.markers(keys));
        sweep(tombstone);
        if (tombstone.exists() && !tombstone.header().swept()) {
            objects.delete(keys.record(tombstone.id()), tombstone.etag());
        }
    }

    /** Removes what earlier versions, and writers who lost or died, left in the channels that a version has left. */
    void sweep(S3Record version) {
        List<String> prefixes = new ArrayList<>();
        for (String channel : version.header().leaving()) {
            prefixes.add(keys.markers(channel, version.id()));
        }
        List<String> stale = objects.listAll(prefixes);
        stale.removeAll(version.markers(keys));
        stale.removeIf(key -> !isOlder(key, version.header().stamp()));
        objects.deleteAll(stale);
    }

    private static boolean isOlder(String key, String stamp) {
        Optional<Marker> marker = Marker.parse(key);
        return marker.isPresent() && marker.get().stamp().compareTo(stamp) < 0;
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

// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.s3;

import dev.mooring.json.JsonException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Removes what has expired. It lists every key, a thousand in a request, and reads no more records than have expired.
 * It may take longer than one call; each of its requests has the time of one.
 */
final class Purge {

    private final Bucket bucket;
    private final Keys keys;
    private final Instant now;

    Purge(Bucket bucket, Keys keys, Instant now) {
        this.bucket = bucket;
        this.keys = keys;
        this.now = now;
    }

    /** Removes markers and records, and returns how many connections these were. */
    int run() {
        Set<String> suspects = new HashSet<>();
        forEachPage(keys.records(), page -> {
            for (S3Object object : page) {
                String segment = object.key().substring(keys.records().length());
                if (Keys.isSegment(segment)) {
                    suspects.add(segment);
                }
            }
        });
        // A record comes after its marker and goes before it: only where none is live, it is worth a look.
        forEachPage(keys.channel(Keys.EVERYBODY), page -> suspects.removeAll(removeExpired(page)));
        forEachPage(keys.channels(), this::removeExpired);
        int removed = 0;
        for (String segment : suspects) {
            removed += removeIfExpired(segment) ? 1 : 0;
        }
        return removed;
    }

    private void forEachPage(String prefix, Consumer<List<S3Object>> action) {
        String after = "";
        boolean more = true;
        while (more) {
            ListObjectsV2Response page = objects().list(prefix, after, S3Objects.PAGE);
            action.accept(page.contents());
            more = page.isTruncated();
            after = more ? page.contents().get(page.contents().size() - 1).key().substring(prefix.length()) : "";
        }
    }

    /** Removes the markers that have expired, and returns whom the others are about. */
    private Set<String> removeExpired(List<S3Object> page) {
        Set<String> live = new HashSet<>();
        List<String> expired = new ArrayList<>();
        for (S3Object object : page) {
            Optional<Marker> marker = Marker.parse(object.key());
            if (marker.isPresent() && marker.get().isLive(now)) {
                live.add(marker.get().segment());
            } else if (marker.isPresent()) {
                expired.add(object.key());
            }
        }
        objects().deleteAll(expired);
        return live;
    }

    /** Of a record that has expired, all markers have; what somebody writes in its place has another ETag. */
    private boolean removeIfExpired(String segment) {
        try {
            S3Objects objects = objects();
            S3Record record = new S3Records(objects, keys).get(Keys.decode(segment));
            boolean isOurs = record.exists() && !record.header().stamp().isEmpty();
            return isOurs
                    && !record.header().expiresAt().isAfter(now)
                    && objects.delete(keys.record(record.id()), record.etag())
                    && !record.header().deleted();
        } catch (JsonException e) {
            // somebody else's
            return false;
        }
    }

    private S3Objects objects() {
        return new S3Objects(bucket);
    }
}

// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.s3;

import dev.mooring.backend.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Makes ids of a listing of markers: each once, and none that has expired. */
final class Listing {

    private Listing() {}

    /**
     * Makes a page of ids.
     *
     * @param prefix the key of the channel
     * @param response lists its markers; those of one connection follow one another, whatever their number
     * @param now the time
     */
    static Page<String> page(String prefix, ListObjectsV2Response response, Instant now) {
        List<String> ids = new ArrayList<>();
        String reported = "";
        String next = "";
        for (S3Object object : response.contents()) {
            Optional<Marker> parsed = Marker.parse(object.key());
            next = object.key().substring(prefix.length());
            if (parsed.isPresent()) {
                Marker marker = parsed.get();
                if (!marker.segment().equals(reported) && marker.isLive(now)) {
                    reported = marker.segment();
                    ids.add(Keys.decode(reported));
                }
                if (marker.segment().equals(reported)) {
                    // The next page must not report it again; expired ones do not speak for those that follow.
                    next = marker.end();
                }
            }
        }
        return new Page<>(ids, response.isTruncated() ? next : null);
    }
}

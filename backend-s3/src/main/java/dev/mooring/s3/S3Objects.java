// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.s3;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The objects of a bucket, for the length of one call on the backend. Thread-safe. */
final class S3Objects {

    /** How many keys S3 lists or deletes in one request. */
    static final int PAGE = 1000;

    private final S3Call call;
    private final S3Client client;
    private final String bucket;

    S3Objects(Bucket bucket) {
        this.call = new S3Call(bucket);
        this.client = bucket.client();
        this.bucket = bucket.name();
    }

    /** Reads an object. */
    Optional<ResponseBytes<GetObjectResponse>> get(String key) {
        try {
            return Optional.of(call.send(limits ->
                    client.getObjectAsBytes(r -> r.bucket(bucket).key(key).overrideConfiguration(limits))));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }

    /**
     * Writes an object if the one that is there has this ETag or, where that is empty, if there is none.
     *
     * @return the new ETag, or empty where the condition was refused
     */
    Optional<String> put(String key, String body, String etag) {
        PutObjectRequest.Builder request =
                PutObjectRequest.builder().bucket(bucket).key(key);
        if (etag.isEmpty()) {
            request.ifNoneMatch("*");
        } else {
            request.ifMatch(etag);
        }
        RequestBody content = RequestBody.fromString(body);
        try {
            String written = call.send(limits -> client.putObject(
                            request.overrideConfiguration(limits).build(), content))
                    .eTag();
            if (written == null) {
                throw Replies.brokenOff();
            }
            return Optional.of(written);
        } catch (S3Exception e) {
            requireRefused(e);
            return Optional.empty();
        }
    }

    /** Deletes an object if it has this ETag, and says whether it had. */
    boolean delete(String key, String etag) {
        try {
            call.send(limits -> client.deleteObject(
                    r -> r.bucket(bucket).key(key).ifMatch(etag).overrideConfiguration(limits)));
            return true;
        } catch (S3Exception e) {
            requireRefused(e);
            return false;
        }
    }

    /** 404: it is gone; 409: somebody writes it right now; 412: it is another. Everything else is a failure. */
    private static void requireRefused(S3Exception e) {
        boolean gone = e.statusCode() == 404 && !S3Failure.hasCode(e, "NoSuchBucket");
        if (!gone && e.statusCode() != 409 && e.statusCode() != 412) {
            throw e;
        }
    }

    /** Writes empty objects. */
    void createAll(Collection<String> keys) {
        call.sendAll(
                keys,
                key -> call.send(limits -> client.putObject(
                        r -> r.bucket(bucket).key(key).overrideConfiguration(limits), RequestBody.empty())));
    }

    /** Deletes objects, whether they are there or not. */
    void deleteAll(Collection<String> keys) {
        List<ObjectIdentifier> batch = new ArrayList<>();
        for (String key : keys) {
            batch.add(ObjectIdentifier.builder().key(key).build());
            if (batch.size() == PAGE) {
                deleteBatch(batch);
                batch.clear();
            }
        }
        if (!batch.isEmpty()) {
            deleteBatch(batch);
        }
    }

    private void deleteBatch(List<ObjectIdentifier> batch) {
        List<S3Error> errors = call.send(limits -> client.deleteObjects(r -> r.bucket(bucket)
                        .delete(d -> d.objects(batch).quiet(true))
                        .overrideConfiguration(limits)))
                .errors();
        if (!errors.isEmpty()) {
            throw S3Failure.of(errors.get(0));
        }
    }

    /** Lists keys that begin with a prefix and come after {@code prefix + after}, in the order of their bytes. */
    ListObjectsV2Response list(String prefix, String after, int limit) {
        ListObjectsV2Response page = call.send(limits -> client.listObjectsV2(r -> r.bucket(bucket)
                .prefix(prefix)
                .startAfter(prefix + after)
                .maxKeys(Math.min(limit, PAGE))
                .overrideConfiguration(limits)));
        if (page.isTruncated() == null) {
            throw Replies.brokenOff();
        }
        return page;
    }

    /** Lists the keys that begin with any of some prefixes; of each the first thousand. */
    List<String> listAll(Collection<String> prefixes) {
        List<String> keys = new ArrayList<>();
        for (ListObjectsV2Response page : call.sendAll(prefixes, prefix -> list(prefix, "", PAGE))) {
            for (S3Object object : page.contents()) {
                keys.add(object.key());
            }
        }
        return keys;
    }
}

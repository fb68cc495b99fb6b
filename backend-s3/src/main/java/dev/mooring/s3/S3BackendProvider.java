// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.s3;

import dev.mooring.backend.Backend;
import dev.mooring.backend.BackendProvider;
import dev.mooring.backend.Dsn;
import dev.mooring.backend.InvalidDsnException;
import java.time.InstantSource;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Opens {@code s3://bucket/prefix} with the parameters {@code region}, {@code endpoint_url}, {@code path_style} and
 * {@code auto_create}. Public for {@link java.util.ServiceLoader} only.
 */
public final class S3BackendProvider implements BackendProvider {

    private static final Set<String> PARAMETERS =
            Set.of("region", "region_name", "endpoint_url", "path_style", "auto_create");

    /** S3's rules for buckets of general purpose. */
    private static final Pattern BUCKET = Pattern.compile("(?!.*\\.\\.)(?![0-9.]+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    /** For {@link java.util.ServiceLoader}. */
    public S3BackendProvider() {}

    @Override
    public Set<String> schemes() {
        return Set.of("s3");
    }

    @Override
    public Backend open(Dsn dsn) {
        return open(dsn, InstantSource.system());
    }

    static S3Backend open(Dsn dsn, InstantSource clock) {
        dsn.allowParameters(PARAMETERS);
        String bucket = requireBucket(dsn.name("bucket"));
        Keys keys = new Keys(dsn.path());
        boolean autoCreate = dsn.flag("auto_create", true);
        S3Client client = Clients.open(dsn);
        return new S3Backend(
                new Bucket(client, bucket, autoCreate, dsn.timeout()), keys, dsn.toString(), clock, client::close);
    }

    private static String requireBucket(String name) {
        if (!BUCKET.matcher(name).matches()) {
            // not repeated: somebody may have put credentials there
            throw new InvalidDsnException("The bucket of s3:// must have a name of 3 to 63 lower-case letters, digits,"
                    + " dots and hyphens that begins and ends with a letter or digit, has no two dots in a row and is"
                    + " no IP address.");
        }
        if (name.endsWith("--x-s3")) {
            throw new InvalidDsnException("'" + name + "' is a directory bucket (S3 Express), whose listings have no"
                    + " order to page by. Use a bucket of general purpose.");
        }
        return name;
    }
}

// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.s3;

import dev.mooring.backend.Backend;
import dev.mooring.backend.tck.BackendContract;
import java.time.InstantSource;

class S3BackendContractTest extends BackendContract {

    /** Of each test alone: the server lists a bucket by looking at all that is in it. */
    private final String bucket = TestServer.newBucket();

    @Override
    protected Backend open(InstantSource clock) {
        return TestServer.open("s3://" + bucket + "/app", clock);
    }

    /** S3 lists 1,000 at once; to write many keys, this server takes time that grows with the square of their number. */
    @Override
    protected int crowd() {
        return 1_050;
    }
}

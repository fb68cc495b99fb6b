// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/** The contract on every kind of server, the oldest and the newest where there are several. */
@RequiresDocker
class ContractIT {

    @Nested
    class OnTheOldestPostgres extends StoreContract {
        OnTheOldestPostgres() {
            super(Server.POSTGRES_OLDEST);
        }
    }

    @Nested
    class OnTheNewestPostgres extends StoreContract {
        OnTheNewestPostgres() {
            super(Server.POSTGRES_NEWEST);
        }
    }

    @Nested
    class OnTheOldestRedis extends StoreContract {
        OnTheOldestRedis() {
            super(Server.REDIS_OLDEST);
        }
    }

    @Nested
    class OnTheNewestRedis extends StoreContract {
        OnTheNewestRedis() {
            super(Server.REDIS_NEWEST);
        }
    }

    @Nested
    class OnValkey extends StoreContract {
        OnValkey() {
            super(Server.VALKEY);
        }
    }

    @Nested
    class OnDynamoDb extends StoreContract {
        OnDynamoDb() {
            super(Server.DYNAMODB);
        }
    }

    @Nested
    class OnS3 extends StoreContract {

        /** Of each test alone: the server lists a bucket by looking at all that is in it. */
        private String bucket;

        OnS3() {
            super(Server.S3);
        }

        @BeforeEach
        void nameBucket() {
            bucket = "b-" + UUID.randomUUID();
        }

        @Override
        String dsn() {
            return super.dsn().replace("s3://mooring/", "s3://" + bucket + "/");
        }

        /** S3 lists 1,000 at once; many keys cost this server time that grows with the square of their number. */
        @Override
        protected int crowd() {
            return 1_050;
        }
    }
}

// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.benchmarks;

import dev.mooring.testsupport.ForkedJvm;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares the AWS SDK's HTTP clients under the DynamoDB and the S3 backend, each in JVMs of its own that run as Lambda
 * runs them, against servers on this machine, without TLS. The candidates take turns, so that what else the machine does
 * meets all alike, and the medians are printed.
 *
 * <p>Arguments: how many cold starts, and how many warm runs.
 */
public final class HttpClients {

    private static final int WARM_CONNECTIONS = 600;
    private static final int BUSY_CONNECTIONS = 100;
    private static final int IDLE_CONNECTIONS = 4;
    private static final int PAUSE_MILLIS = 7_000;

    private HttpClients() {}

    /**
     * See above.
     *
     * @param args see above
     * @throws Exception if a run fails
     */
    public static void main(String[] args) throws Exception {
        int starts = Integer.parseInt(args[0]);
        int rounds = Integer.parseInt(args[1]);
        try (ForkedJvm dynamoDb = Store.DYNAMODB.start();
                ForkedJvm s3 = Store.S3.start()) {
            List<Candidate> candidates = new ArrayList<>();
            for (HttpClient http : HttpClient.values()) {
                candidates.add(new Candidate(Store.DYNAMODB, http, dynamoDb));
                candidates.add(new Candidate(Store.S3, http, s3));
            }
            for (Candidate candidate : candidates) {
                // makes the table and the bucket, and warms the servers up
                candidate.countConnections(BUSY_CONNECTIONS, IDLE_CONNECTIONS, PAUSE_MILLIS);
            }
            for (int i = 0; i < starts; i++) {
                for (Candidate candidate : candidates) {
                    candidate.start();
                }
            }
            for (int i = 0; i < rounds; i++) {
                for (Candidate candidate : candidates) {
                    candidate.warmUp(WARM_CONNECTIONS);
                }
            }
            System.out.printf(
                    "%d cores, Java %s, medians of %d starts and %d warm runs; milliseconds, megabytes%n",
                    Runtime.getRuntime().availableProcessors(), System.getProperty("java.version"), starts, rounds);
            Candidate.printHeader();
            for (Candidate candidate : candidates) {
                candidate.print();
            }
        }
    }
}

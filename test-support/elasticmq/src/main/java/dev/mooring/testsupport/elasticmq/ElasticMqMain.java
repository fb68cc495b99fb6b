// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.testsupport.elasticmq;

import org.elasticmq.rest.sqs.SQSRestServerBuilder;

/** ElasticMQ in memory, as strict about limits as SQS. */
public final class ElasticMqMain {

    private ElasticMqMain() {}

    /**
     * Starts the server.
     *
     * @param args the port
     */
    public static void main(String[] args) {
        SQSRestServerBuilder.withInterface("localhost")
                .withPort(Integer.parseInt(args[0]))
                .start();
    }
}

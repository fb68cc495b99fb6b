// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import dev.mooring.lambda.Publishers;
import java.net.URI;

/** A program of its own that publishes a message and prints what came of it. */
final class PublishOnce {

    private PublishOnce() {}

    /** Takes the DSN, the endpoint, the channel and the text. */
    public static void main(String... arguments) {
        try (Publishers publishers = Publishers.open(arguments[0], URI.create(arguments[1]))) {
            System.out.println(publishers.publisher().publish(arguments[2], arguments[3]));
        }
    }
}

// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.benchmarks;

import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** A candidate. Only the one that is asked for need be on the class path. */
enum HttpClient {
    URL_CONNECTION("url-connection-client", "url-connection-client-.*"),
    APACHE5("apache5-client", "apache5-client-.*|httpc(lient|ore)5-.*"),
    CRT("aws-crt-client", "aws-crt-.*|crt-core-.*");

    final String artifact;

    /** The names of its jars. */
    final String jars;

    HttpClient(String artifact, String jars) {
        this.artifact = artifact;
        this.jars = jars;
    }

    SdkHttpClient.Builder<?> builder() {
        return switch (this) {
            case URL_CONNECTION -> UrlConnectionHttpClient.builder();
            case APACHE5 -> Apache5HttpClient.builder();
            case CRT -> AwsCrtHttpClient.builder();
        };
    }
}

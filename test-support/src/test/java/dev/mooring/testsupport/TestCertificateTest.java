// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestCertificateTest {

    @Test
    void itIsForLocalhostAndItsKeyIsBesideIt(@TempDir Path directory) throws Exception {
        TestCertificate made = TestCertificate.make(directory, "tls");

        assertThat(Files.readString(directory.resolve("tls.key"))).startsWith("-----BEGIN PRIVATE KEY-----\n");
        try (InputStream in = Files.newInputStream(directory.resolve("tls.crt"))) {
            X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            assertThat(certificate.getSubjectAlternativeNames()).containsExactly(List.of(2, "localhost"));
        }
        assertThat(made).isEqualTo(new TestCertificate(directory.resolve("tls.crt"), directory.resolve("tls.key")));
    }
}

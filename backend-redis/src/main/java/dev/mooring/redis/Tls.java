// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.redis;

import dev.mooring.backend.InvalidDsnException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** Where TLS connections come from. That the certificate is for the host, Jedis checks by default. */
final class Tls {

    private Tls() {}

    /** Trusts the authorities that this JVM trusts. */
    static SSLSocketFactory ofThisJvm() {
        return (SSLSocketFactory) SSLSocketFactory.getDefault();
    }

    /** Trusts the authorities in a PEM file, and no others. */
    static SSLSocketFactory trusting(String file) {
        try (InputStream pem = Files.newInputStream(Path.of(file))) {
            KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
            authorities.load(null, null);
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                authorities.setCertificateEntry(String.valueOf(authorities.size()), certificate);
            }
            if (authorities.size() == 0) {
                throw new CertificateException("none in the file");
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authorities);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (IOException | InvalidPathException | GeneralSecurityException e) {
            throw new InvalidDsnException(
                    "The parameter 'tls_ca' must name a file of certificates in PEM format that can be read.");
        }
    }
}

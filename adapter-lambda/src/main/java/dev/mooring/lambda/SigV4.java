// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * AWS Signature Version 4 for requests to API Gateway, without a query. Our own because the SDK's costs a function more
 * than all else it does at its start; tests compare it with the SDK's.
 */
final class SigV4 {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final HexFormat HEX = HexFormat.of();

    private SigV4() {}

    /**
     * Signs a request.
     *
     * @param path the path as it is sent, percent-encoded
     * @param headers headers to sign besides those that signing adds, by names in lower case
     * @return all headers to send, but for {@code host}, which the HTTP client sends
     */
    static Map<String, String> sign(
            Credentials credentials,
            Endpoint endpoint,
            Instant time,
            String method,
            String path,
            Map<String, String> headers,
            byte[] body) {
        LocalDateTime utc = LocalDateTime.ofEpochSecond(time.getEpochSecond(), 0, ZoneOffset.UTC);
        String date = digits(8, utc.getYear(), utc.getMonthValue(), utc.getDayOfMonth());
        String timestamp = date + "T" + digits(6, utc.getHour(), utc.getMinute(), utc.getSecond()) + "Z";
        SortedMap<String, String> signed = new TreeMap<>(headers);
        signed.put("host", endpoint.host());
        signed.put("x-amz-content-sha256", hash(body));
        signed.put("x-amz-date", timestamp);
        if (credentials.sessionToken() != null) {
            signed.put("x-amz-security-token", credentials.sessionToken());
        }
        String names = String.join(";", signed.keySet());
        String scope = date + "/" + endpoint.region() + "/execute-api/aws4_request";
        String request = hash(utf8(canonical(method, path, signed, names)));
        byte[] key = key(credentials, date, endpoint.region());
        String signature = HEX.formatHex(hmac(key, ALGORITHM + "\n" + timestamp + "\n" + scope + "\n" + request));
        signed.remove("host");
        signed.put(
                "authorization",
                ALGORITHM + " Credential=" + credentials.accessKeyId() + "/" + scope + ", SignedHeaders=" + names
                        + ", Signature=" + signature);
        return signed;
    }

    /** The path is encoded again: that of all services but S3 is. */
    private static String canonical(String method, String path, SortedMap<String, String> headers, String names) {
        StringBuilder request = new StringBuilder(method).append('\n');
        request.append(UriEncoding.path(path)).append("\n\n");
        for (var header : headers.entrySet()) {
            request.append(header.getKey())
                    .append(':')
                    .append(header.getValue())
                    .append('\n');
        }
        request.append('\n').append(names).append('\n');
        return request.append(headers.get("x-amz-content-sha256")).toString();
    }

    private static byte[] key(Credentials credentials, String date, String region) {
        byte[] key = hmac(utf8("AWS4" + credentials.secretAccessKey()), date);
        return hmac(hmac(hmac(key, region), "execute-api"), "aws4_request");
    }

    /** Three numbers without separators; the classes that format dates are many, and are not worth loading for this. */
    private static String digits(int length, int first, int second, int third) {
        String digits = String.valueOf((first * 100 + second) * 100 + third);
        return "0".repeat(length - digits.length()) + digits;
    }

    private static String hash(byte[] bytes) {
        try {
            return HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM has no SHA-256.", e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(utf8(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM has no HmacSHA256.", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import redis.clients.jedis.exceptions.JedisDataException;

/** What may be wrong with a server, the signs by which it is known, and what to do about it. The first match counts. */
enum Trouble {
    WRONG_PASSWORD("WRONGPASS", "the server refuses this user and password. Check both in the DSN."),
    NO_PASSWORD("NOAUTH", "the server wants a password. Write it into the DSN: redis://user:password@host."),
    NO_PERMISSION(
            "NOPERM|executing the script can't",
            "the user may not do this. Give it the ACL rule from the documentation of this backend."),
    NO_CLUSTER("cluster support disabled", "the server is not one of a cluster. Remove cluster=true from the DSN."),
    NO_DATABASE("DB index is out of range|SELECT is not allowed", "the server has no database of this number."),
    NO_MEMORY("OOM command not allowed", "the server's memory is full. Raise its maxmemory."),
    NO_DISK("MISCONF", "the server cannot save to its disk, so it takes no writes. Make room there."),
    WRONG_TYPE("WRONGTYPE", "the key holds something of another app's. Give each app a prefix= of its own."),
    UNKNOWN_COMMAND("unknown command", "the server lacks a command that this backend needs."),
    UNTRUSTED("PKIX", "the server's certificate is not trusted. Name the file of its authority with tls_ca=."),
    WRONG_HOST("No (subject alternative|name matching)", "the server's certificate is for other host names. Use one."),
    BROKEN_OFF(
            true,
            "terminated the handshake|SSLException: (Connection reset|Broken pipe)",
            "the server closed the connection when TLS began. Raise its maxclients if it has too many clients; write redis://"
                    + " if it does not speak TLS."),
    NO_TLS("SSLException|SSLHandshake", "TLS with the server failed. Write redis:// if it does not speak TLS."),
    UNKNOWN_HOST("UnknownHostException", "the host is not known. Check its name in the DSN."),
    EXHAUSTED("Timeout waiting for idle object", "all connections stayed in use. Raise pool_size= in the DSN."),

    READ_ONLY(true, "READONLY", "the server is a read-only replica. Name the primary in the DSN."),
    LOST_PRIMARY(true, "MASTERDOWN", "the server is a replica that has lost its primary. Name the primary in the DSN."),
    LOADING(true, "LOADING", "the server is still loading its data. It will be back."),
    CLUSTER_DOWN(
            true,
            "CLUSTERDOWN|Cluster slots (list is empty|have holes)",
            "the cluster does not serve all its slots. Look at CLUSTER INFO."),
    TOO_MANY_CLIENTS(true, "max number of clients", "the server has too many clients. Raise its maxclients."),
    REFUSED(true, "Connection refused", "nobody listens there. Check host and port, and that the server runs."),
    NO_ANSWER(
            true,
            "timed out|time of this call",
            "no answer. Check host and port, that the network (security groups) lets this client in, and, with rediss://, that the"
                    + " server speaks TLS."),
    LOST(
            true,
            "Unexpected end of stream|Connection reset|Broken pipe",
            "the server closed the connection. If it expects TLS, write rediss:// instead of redis://."),
    UNSETTLED(true, "No more cluster attempts|retry deadline", "the cluster is changing. It will be back."),
    CLOSED(
            true,
            // the second is what those hear who wait for a connection at that moment
            "Pool not open|InterruptedException",
            "the client was closed, or the server has just left the cluster."),
    CLUSTER("JedisMovedDataException", "the server is one of a cluster. Add cluster=true to the DSN."),
    UNREACHABLE(true, "JedisConnectionException|JedisClusterOperationException", "the server cannot be reached."),
    UNKNOWN("^", "the server or its client reports an error.");

    /** A server that lacks a command quotes what came with it: with HELLO the password. */
    private static final Pattern QUOTATION = Pattern.compile(",? with args beginning with.*", Pattern.DOTALL);

    /** Whether another attempt may soon succeed. */
    final boolean passes;

    final String advice;
    private final Pattern signs;

    Trouble(String signs, String advice) {
        this(false, signs, advice);
    }

    Trouble(boolean passes, String signs, String advice) {
        this.passes = passes;
        this.signs = Pattern.compile(signs);
        this.advice = advice;
    }

    static Finding find(Throwable failure) {
        List<Throwable> reports = new ArrayList<>();
        collect(failure, reports);
        for (Trouble trouble : values()) {
            for (Throwable report : reports) {
                if (trouble.signs.matcher(report.toString()).find()) {
                    return finding(trouble, where(reports, report) + message(report), reports);
                }
            }
        }
        return finding(UNKNOWN, message(failure), reports);
    }

    private static Finding finding(Trouble trouble, String report, List<Throwable> reports) {
        for (Throwable quoting : reports) {
            if (QUOTATION.matcher(quoting.toString()).find()) {
                return new Finding(trouble, withoutQuotation(report), new JedisDataException(withoutQuotation(report)));
            }
        }
        return new Finding(trouble, report, reports.get(0));
    }

    private static String withoutQuotation(String report) {
        return QUOTATION.matcher(report).replaceFirst("");
    }

    /** Who could not be reached, which the sign alone does not tell: in a cluster it need not be a host of the DSN. */
    private static String where(List<Throwable> reports, Throwable sign) {
        for (Throwable report : reports) {
            String message = message(report);
            if (!report.equals(sign) && message.startsWith("Failed to connect to")) {
                return message + " ";
            }
        }
        return "";
    }

    private static String message(Throwable report) {
        String message = report.getMessage();
        return message == null ? report.toString() : message;
    }

    /** Jedis keeps causes among the suppressed, too: the addresses of a host, the nodes of a cluster. */
    private static void collect(Throwable failure, List<Throwable> reports) {
        reports.add(failure);
        if (failure.getCause() != null) {
            collect(failure.getCause(), reports);
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            collect(suppressed, reports);
        }
    }

    /** What is wrong, what was reported of it, and the failure, or another in its place if that holds a quotation. */
    record Finding(Trouble trouble, String report, Throwable cause) {}
}

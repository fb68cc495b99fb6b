// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.postgres;

import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/** What to make of an error, by the codes of PostgreSQL's manual, appendix A. */
final class SqlStates {

    static final String UNABLE_TO_CONNECT = "08001";
    static final String REJECTED = "08004";
    static final String UNDEFINED_TABLE = "42P01";
    static final String TOO_MANY_CONNECTIONS = "53300";

    private static final String CANNOT_CONNECT_NOW = "57P03";

    /** With these the server says that it did not run the statement, or took back what it had done of it. */
    private static final Set<String> NOT_RUN = Set.of(
            "57P01", // admin_shutdown: the session was ended before the commit
            "57P05", // idle_session_timeout
            CANNOT_CONNECT_NOW,
            "08003", // the driver found the connection closed
            "25006", // read_only_sql_transaction: this server is no longer the primary; the next connection may find it
            "40001"); // serialization_failure: where the database isolates transactions more strictly than by default

    /** Somebody else created the table at the same time: unique_violation in the catalog, or it, or its row type, was there. */
    private static final Set<String> CREATED_BY_ANOTHER = Set.of("23505", "42P07", "42710");

    private SqlStates() {}

    static String of(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }

    /** The state of an error in connecting: what broke then cannot have had an effect, unlike what breaks later. */
    static String whileConnecting(SQLException e) {
        return switch (of(e)) {
            case "08006" -> UNABLE_TO_CONNECT; // connection_failure
            case "08P01" -> REJECTED; // protocol_violation: how a pooler refuses
            default -> of(e);
        };
    }

    /** There was no server, or none of the wanted kind: another host may do. */
    static boolean isAbsent(SQLException e) {
        return of(e).equals(UNABLE_TO_CONNECT) || of(e).equals(CANNOT_CONNECT_NOW);
    }

    /** Connecting may well succeed in a moment. */
    static boolean mayPass(SQLException e) {
        return of(e).equals(TOO_MANY_CONNECTIONS)
                || (isAbsent(e)
                        && !hasCause(e, UnknownHostException.class)
                        && !hasCause(e, SSLException.class)
                        && !isDriversOwn(e));
    }

    /** It was the driver that broke the connection: the server's certificate is for another host. */
    private static boolean isDriversOwn(SQLException e) {
        return e.getCause() instanceof PSQLException broken
                && broken.getServerErrorMessage() == null
                && broken.getCause() == null;
    }

    /** The statement had no effect: it may be sent again even if it must not run twice. */
    static boolean isNotRun(SQLException e) {
        return NOT_RUN.contains(of(e));
    }

    /** Nobody knows whether the statement took effect. */
    static boolean isUnknown(SQLException e) {
        return of(e).startsWith("08") || of(e).equals("57P02"); // crash_shutdown
    }

    static boolean isMissingTable(SQLException e) {
        return of(e).equals(UNDEFINED_TABLE);
    }

    static boolean isCreatedByAnother(SQLException e) {
        return CREATED_BY_ANOTHER.contains(of(e));
    }

    static boolean hasCause(SQLException e, Class<? extends Throwable> type) {
        for (@Nullable Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}

// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.postgres;

import dev.mooring.backend.Dsn;
import dev.mooring.backend.DsnServer;
import dev.mooring.backend.InvalidDsnException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;

/** What a DSN says to the driver: libpq's parameters by their names there, the driver's own as they are. */
final class DriverSettings {

    /** What is not for the driver. */
    private static final Set<String> OWN = Set.of("table", "pool_size", "auto_create", "ttl", "timeout");

    /** What stands elsewhere in the DSN: before the {@code ?}, or in {@code timeout}. */
    private static final Set<String> ELSEWHERE = Set.of(
            "host",
            "hostaddr",
            "port",
            "dbname",
            "service",
            "PGHOST",
            "PGPORT",
            "PGDBNAME",
            "loginTimeout",
            "socketTimeout");

    /** libpq's parameters that the driver knows by another name. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("application_name", "ApplicationName"),
            Map.entry("channel_binding", "channelBinding"),
            Map.entry("connect_timeout", "connectTimeout"),
            Map.entry("gssencmode", "gssEncMode"),
            Map.entry("keepalives", "tcpKeepAlive"),
            Map.entry("krbsrvname", "kerberosServerName"),
            Map.entry("load_balance_hosts", "loadBalanceHosts"),
            Map.entry("require_auth", "requireAuth"),
            Map.entry("sslnegotiation", "sslNegotiation"),
            Map.entry("target_session_attrs", "targetServerType"));

    /** The values of those that the driver knows by other values. */
    private static final Map<String, Map<String, String>> VALUES = Map.of(
            "loadBalanceHosts", Map.of("disable", "false", "random", "true", "false", "false", "true", "true"),
            "tcpKeepAlive", Map.of("0", "false", "1", "true", "false", "false", "true", "true"),
            // the other values lead to servers that cannot be written to
            "targetServerType", Map.of("any", "any", "primary", "primary", "read-write", "primary"));

    private DriverSettings() {}

    static Connector connector(Dsn dsn) {
        requireKnown(dsn);
        Properties common = new Properties();
        common.setProperty(PGProperty.APPLICATION_NAME.getName(), "mooring");
        // with this the driver says all it has to say in the first packet, and sends no SET after it
        common.setProperty(PGProperty.ASSUME_MIN_SERVER_VERSION.getName(), "10");
        DsnServer server = dsn.server();
        server.user().ifPresent(user -> common.setProperty(PGProperty.USER.getName(), user));
        server.password().ifPresent(password -> common.setProperty(PGProperty.PASSWORD.getName(), password));
        if (!server.path().isEmpty()) {
            common.setProperty(PGProperty.PG_DBNAME.getName(), server.path());
        }
        dsn.parameters().forEach((name, value) -> put(common, name, value));
        return new Connector(
                hosts(server, common),
                PGProperty.LOAD_BALANCE_HOSTS.getBoolean(common),
                connectMillis(common.getProperty(PGProperty.CONNECT_TIMEOUT.getName())));
    }

    private static void requireKnown(Dsn dsn) {
        Set<String> known = new HashSet<>(OWN);
        known.addAll(NAMES.keySet());
        for (PGProperty property : PGProperty.values()) {
            known.add(property.getName());
        }
        known.removeAll(ELSEWHERE);
        for (String name : dsn.parameters().keySet()) {
            if (ELSEWHERE.contains(name)) {
                throw new InvalidDsnException("The parameter '" + name + "' is none here: hosts, ports and database"
                        + " stand before the '?', as in postgresql://host1,host2:5433/database, and timeout= limits each"
                        + " call.");
            }
        }
        dsn.allowParameters(known);
    }

    private static void put(Properties properties, String name, String value) {
        if (OWN.contains(name) || value.isEmpty()) {
            return;
        }
        String driverName = NAMES.getOrDefault(name, name);
        PGProperty property = Objects.requireNonNull(PGProperty.forName(driverName));
        Map<String, String> values = values(property);
        String driverValue = values.isEmpty() ? value : values.get(value);
        if (driverValue == null) {
            throw new InvalidDsnException("The parameter '" + name + "' of postgresql:// must be one of: "
                    + String.join(", ", new TreeSet<>(values.keySet())) + ".");
        }
        properties.setProperty(driverName, driverValue);
    }

    /** Which values a property may have, and the driver's for each; empty where it may have any. */
    private static Map<String, String> values(PGProperty property) {
        Map<String, String> values = new HashMap<>(VALUES.getOrDefault(property.getName(), Map.of()));
        String[] choices = property.getChoices();
        // requireAuth is a list of its choices
        if (values.isEmpty() && choices != null && property != PGProperty.REQUIRE_AUTH) {
            for (String choice : choices) {
                values.put(choice, choice);
            }
        }
        return values;
    }

    private static List<Properties> hosts(DsnServer server, Properties common) {
        List<Properties> hosts = new ArrayList<>();
        for (DsnServer.Host host : server.hosts()) {
            if (host.name().indexOf('/') >= 0 || host.name().indexOf(',') >= 0) {
                throw new InvalidDsnException(
                        "A host must be a name or an IP address. Unix sockets are not supported.");
            }
            Properties properties = new Properties();
            properties.putAll(common);
            properties.setProperty(PGProperty.PG_HOST.getName(), host.name());
            properties.setProperty(
                    PGProperty.PG_PORT.getName(), String.valueOf(host.port().orElse(5432)));
            hosts.add(properties);
        }
        return hosts;
    }

    /** As in libpq, nothing, zero and less are no limit. */
    private static int connectMillis(@Nullable String seconds) {
        try {
            int value = seconds == null ? 0 : Integer.parseInt(seconds);
            return value <= 0 || value > Integer.MAX_VALUE / 1000 ? Integer.MAX_VALUE : value * 1000;
        } catch (NumberFormatException e) {
            throw new InvalidDsnException(
                    "The parameter 'connect_timeout' of postgresql:// must be a whole number of seconds.");
        }
    }
}

// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The answer to a client that asks to connect. Immutable. */
public final class Acceptance {

    private static final Acceptance ACCEPTED = new Acceptance(200, Optional.empty(), Set.of());

    private final int status;
    private final Optional<String> subprotocol;
    private final Set<String> keptHeaders;

    private Acceptance(int status, Optional<String> subprotocol, Set<String> keptHeaders) {
        this.status = status;
        this.subprotocol = subprotocol;
        this.keptHeaders = keptHeaders;
    }

    /**
     * Accepts the connection.
     *
     * @return the answer
     */
    public static Acceptance accept() {
        return ACCEPTED;
    }

    /**
     * Accepts the connection and agrees on a subprotocol. Browsers drop a connection that answers with none of what they
     * offered.
     *
     * @param subprotocol one of {@link Handshake#subprotocols}
     * @return the answer
     */
    public static Acceptance accept(String subprotocol) {
        return new Acceptance(200, Optional.of(subprotocol), Set.of());
    }

    /**
     * Refuses the connection. Nothing is stored of it.
     *
     * @param status the HTTP status that the client gets, 400 to 599
     * @return the answer
     * @throws IllegalArgumentException if the status is none of these
     */
    public static Acceptance reject(int status) {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("A rejection has a status from 400 to 599, not " + status + ".");
        }
        return new Acceptance(status, Optional.empty(), Set.of());
    }

    /**
     * Keeps headers of the handshake that are otherwise forgotten after {@code onConnect} because they carry credentials:
     * {@code Authorization}, {@code Cookie}, {@code Proxy-Authorization}, {@code Sec-WebSocket-Key}, {@code
     * Sec-WebSocket-Protocol} (in which browsers pass tokens) and {@code X-Api-Key}. They are stored as they are.
     *
     * @param names the headers' names, in any case
     * @return this answer with them
     */
    public Acceptance keepingHeaders(String... names) {
        Set<String> headers = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        headers.addAll(keptHeaders);
        headers.addAll(Arrays.asList(names));
        return new Acceptance(status, subprotocol, headers);
    }

    /**
     * Whether the connection is accepted.
     *
     * @return false if it is rejected
     */
    public boolean isAccepted() {
        return status == 200;
    }

    /**
     * The HTTP status of the answer.
     *
     * @return 200, or the status of the rejection
     */
    public int status() {
        return status;
    }

    /**
     * The subprotocol that was agreed on.
     *
     * @return its name, or empty where there is none
     */
    public Optional<String> subprotocol() {
        return subprotocol;
    }

    /**
     * Whether a header that carries credentials is kept.
     *
     * @param name the header's name, in any case
     * @return true if the app asked for it
     */
    public boolean keepsHeader(String name) {
        return keptHeaders.contains(name);
    }
}

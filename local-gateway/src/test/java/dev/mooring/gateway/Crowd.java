// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.stream.IntStream;

/** Thousands of WebSocket clients that one thread reads for. */
final class Crowd implements AutoCloseable {

    /** Besides sockets: jars, the store, posts that are under way. More would not fit into what a JVM may have on macOS. */
    private static final int OTHER_FILES = 200;

    private final List<CrowdMember> members;
    private final Selector selector;
    private final Thread reader = new Thread(this::read, "crowd");

    private Crowd(List<CrowdMember> members) throws IOException {
        this.members = members;
        selector = Selector.open();
        for (CrowdMember member : members) {
            member.channel.register(selector, SelectionKey.OP_READ, member);
        }
        reader.start();
    }

    /** Connects clients to a gateway in this process, each with its number as the parameter {@code n}. */
    static Crowd connect(URI uri, int size) throws IOException {
        requireFiles(2 * size + OTHER_FILES);
        return new Crowd(IntStream.range(0, size)
                .parallel()
                .mapToObj(n -> Await.get(() -> new CrowdMember(URI.create(uri + "?n=" + n))))
                .toList());
    }

    private static void requireFiles(int needed) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            long most = system.getMaxFileDescriptorCount();
            if (most < needed) {
                throw new AssertionError("This test needs " + needed + " open files, two for each client, and may have "
                        + most + ". Raise the limit: ulimit -n " + needed);
            }
        }
    }

    private void read() {
        try {
            while (selector.isOpen()) {
                selector.select(key -> {
                    try {
                        ((CrowdMember) key.attachment()).read();
                    } catch (IOException e) {
                        key.cancel();
                    }
                });
            }
        } catch (ClosedSelectorException e) {
            // the crowd has gone home
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<CrowdMember> members() {
        return members;
    }

    /** Stops reading what comes for a member, so that it piles up in its socket. */
    void stall(CrowdMember member) {
        interest(member, 0);
    }

    void resume(CrowdMember member) {
        interest(member, SelectionKey.OP_READ);
    }

    private void interest(CrowdMember member, int operations) {
        member.channel.keyFor(selector).interestOps(operations);
        selector.wakeup();
    }

    /** Members die without a word, all at once. */
    void kill(List<CrowdMember> victims) throws IOException {
        for (CrowdMember victim : victims) {
            victim.die();
        }
        // a socket is closed when the selector has let go of it
        selector.wakeup();
    }

    @Override
    public void close() throws IOException {
        selector.close();
        Await.until(() -> !reader.isAlive());
        for (CrowdMember member : members) {
            member.channel.close();
        }
    }
}

// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Finds out a host's address in limited time. The system's own look-up takes as long as it likes, and cannot be stopped. */
final class AddressLookup implements Callable<InetAddress> {

    private final String host;

    private AddressLookup(String host) {
        this.host = host;
    }

    static InetAddress of(String host, int limitMillis) throws IOException {
        return within(limitMillis, new AddressLookup(host));
    }

    /** Runs a look-up on a thread of its own, which is left behind where it hangs. */
    static InetAddress within(int limitMillis, Callable<InetAddress> lookup) throws IOException {
        FutureTask<InetAddress> task = new FutureTask<>(lookup);
        Thread thread = new Thread(task, "mooring-lookup");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(limitMillis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new SocketTimeoutException("The host's address was not found out within " + limitMillis + " ms.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The thread was interrupted.");
        }
    }

    @Override
    public InetAddress call() throws IOException {
        return InetAddress.getByName(host);
    }
}

// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.testsupport.s3mock;

import com.adobe.testing.s3mock.S3MockApplication;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * s3mock checks If-Match and If-None-Match and stores in two steps, and a read that meets a write promises one length and
 * sends another. Here each request to a path is one step, as in S3.
 */
public final class LockedS3Mock {

    private LockedS3Mock() {}

    /**
     * Starts the server.
     *
     * @param args the port
     */
    public static void main(String[] args) {
        new SpringApplication(S3MockApplication.class, Locks.class)
                .run(
                        "--http.port=" + args[0],
                        "--server.port=0",
                        "--spring.main.banner-mode=off",
                        "--logging.level.root=WARN",
                        "--spring.main.lazy-initialization=true");
    }

    /** What is added to s3mock. */
    @Configuration(proxyBeanMethods = false)
    public static class Locks {

        /** For Spring. */
        public Locks() {}

        /**
         * Lets requests to one path through one at a time.
         *
         * @return the filter
         */
        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        public Filter oneRequestPerPath() {
            Semaphore[] stripes =
                    Stream.generate(() -> new Semaphore(1)).limit(64).toArray(Semaphore[]::new);
            return (request, response, chain) -> {
                String path = ((HttpServletRequest) request).getRequestURI();
                Semaphore stripe = stripes[Math.floorMod(path.hashCode(), stripes.length)];
                stripe.acquireUninterruptibly();
                try {
                    chain.doFilter(request, response);
                } finally {
                    if (request.isAsyncStarted()) {
                        request.getAsyncContext().addListener(new Release(stripe));
                    } else {
                        stripe.release();
                    }
                }
            };
        }
    }

    /** An object's content is sent by another thread: the request ends with that. */
    private record Release(Semaphore stripe) implements AsyncListener {

        @Override
        public void onComplete(AsyncEvent event) {
            stripe.release();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            // completion follows
        }

        @Override
        public void onError(AsyncEvent event) {
            // completion follows
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}

// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.testsupport.s3mock;

import com.adobe.testing.s3mock.S3MockApplication;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** s3mock checks If-Match and If-None-Match and stores in two steps; here each write of a path is one, as in S3. */
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
         * Lets writes of one path through one at a time.
         *
         * @return the filter
         */
        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        public Filter oneWriterPerPath() {
            ReentrantLock[] stripes =
                    Stream.generate(ReentrantLock::new).limit(64).toArray(ReentrantLock[]::new);
            return (request, response, chain) -> {
                HttpServletRequest http = (HttpServletRequest) request;
                if (http.getMethod().equals("GET") || http.getMethod().equals("HEAD")) {
                    chain.doFilter(request, response);
                    return;
                }
                ReentrantLock lock = stripes[Math.floorMod(http.getRequestURI().hashCode(), stripes.length)];
                lock.lock();
                try {
                    chain.doFilter(request, response);
                } finally {
                    lock.unlock();
                }
            };
        }
    }
}

// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend;

import java.util.Set;

/** Providers to be named in services files. */
public class TestProvider implements BackendProvider {

    private final Set<String> schemes;

    TestProvider(String... schemes) {
        this.schemes = Set.of(schemes);
    }

    @Override
    public Set<String> schemes() {
        return schemes;
    }

    @Override
    public Backend open(Dsn dsn) {
        return new MemoryBackendProvider().open(Dsn.parse("memory://"));
    }

    public static class Fleet extends TestProvider {
        public Fleet() {
            super("fleet", "armada");
        }
    }

    public static final class OtherFleet extends TestProvider {
        public OtherFleet() {
            super("fleet");
        }
    }

    public static final class NeverOpened extends TestProvider {
        public NeverOpened() {
            super("never");
        }

        @Override
        public Backend open(Dsn dsn) {
            throw new AssertionError("opened");
        }
    }

    public static final class FailingConstructor extends TestProvider {
        public FailingConstructor() {
            throw new IllegalStateException("no constructor today");
        }
    }

    public static final class FailingClass extends TestProvider {
        private static final int FAILS = Integer.parseInt("x");

        public FailingClass() {
            super("x" + FAILS);
        }
    }

    public static final class FailingSchemes extends TestProvider {
        @Override
        public Set<String> schemes() {
            throw new IllegalStateException("no schemes today");
        }
    }

    public static final class NullSchemes extends TestProvider {
        @Override
        public Set<String> schemes() {
            return null;
        }
    }

    public static final class PrivateConstructor extends TestProvider {
        private PrivateConstructor() {}
    }

    /** Not a provider at all. */
    public static final class Stranger {}
}

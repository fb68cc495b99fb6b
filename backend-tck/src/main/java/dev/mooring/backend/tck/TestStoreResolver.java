// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend.tck;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.support.TypeBasedParameterResolver;

/** Hands each test the store it is to use, and closes what the test opened. */
final class TestStoreResolver extends TypeBasedParameterResolver<TestStore> {

    private static final Namespace NAMESPACE = Namespace.create(TestStoreResolver.class);

    @Override
    public TestStore resolveParameter(ParameterContext parameter, ExtensionContext context) {
        BackendContract contract = (BackendContract) context.getRequiredTestInstance();
        // What is kept there is closed with the test.
        return context.getStore(NAMESPACE)
                .computeIfAbsent(
                        TestStore.class, key -> new TestStore(contract::open, contract.crowd()), TestStore.class);
    }
}

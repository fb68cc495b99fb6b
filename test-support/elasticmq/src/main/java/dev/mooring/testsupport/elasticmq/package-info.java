// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
/** The SQS server of this build's tests; runs in a JVM of its own. */
@NullMarked
package dev.mooring.testsupport.elasticmq;

import org.jspecify.annotations.NullMarked;

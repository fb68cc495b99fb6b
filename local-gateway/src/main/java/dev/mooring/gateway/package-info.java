// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * API Gateway WebSocket APIs on a developer's machine: {@link dev.mooring.gateway.LocalGateway} runs a Lambda handler in
 * this JVM, behind real WebSockets; {@link dev.mooring.gateway.Main} does so from the command line.
 */
@NullMarked
package dev.mooring.gateway;

import org.jspecify.annotations.NullMarked;

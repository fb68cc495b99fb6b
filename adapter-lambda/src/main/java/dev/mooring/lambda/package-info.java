// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Runs an app on AWS Lambda behind a WebSocket API of API Gateway: {@link dev.mooring.lambda.WebSocketLambda} is the
 * function's handler.
 */
@NullMarked
package dev.mooring.lambda;

import org.jspecify.annotations.NullMarked;

// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

/**
 * What is kept of an HTTP response. Not its body: what AWS says of a wrong signature repeats the session token.
 *
 * @param status the HTTP status
 * @param errorType the {@code x-amzn-ErrorType}, such as {@code ForbiddenException}; empty where there is none
 */
record HttpAnswer(int status, String errorType) {}

// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring;

/**
 * Why a connection closed.
 *
 * @param code a close code of RFC 6455, such as 1000 (normal) and 1001 (going away); 1006 where the client vanished
 *     without a close frame, or was found gone; 1005 where the platform does not say
 * @param text what was said in addition, often empty
 */
public record CloseReason(int code, String text) {}

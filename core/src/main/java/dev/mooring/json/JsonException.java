// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.json;

/** A text is not JSON, or is JSON of another shape than expected. The message says where and repeats none of the text. */
public final class JsonException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    JsonException(String problem, int position) {
        super(problem + " at character " + position);
    }
}

// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.examples.chat;

import dev.mooring.Message;
import dev.mooring.json.Json;
import dev.mooring.json.JsonException;
import java.util.Map;
import java.util.regex.Pattern;

/** A message of a client: a JSON object. */
record Request(Map<?, ?> json) {

    private static final int MAX_NAME_LENGTH = 64;
    private static final int MAX_TEXT_LENGTH = 4000;
    /** Control characters and halves of characters: some of them no store could keep in a channel's name. */
    private static final Pattern NO_NAME = Pattern.compile("[\\p{Cc}\\p{Cs}]");

    static Request parse(Message message) {
        try {
            if (!message.isBinary() && Json.parse(message.text()) instanceof Map<?, ?> json) {
                return new Request(json);
            }
        } catch (JsonException e) {
            // as any other text that is no JSON object
        }
        throw new ChatException("A message must be a JSON object.");
    }

    String name(String member) {
        String name = text(member, MAX_NAME_LENGTH);
        if (NO_NAME.matcher(name).find()) {
            throw new ChatException("'" + member + "' must not contain control characters or unpaired surrogates.");
        }
        return name;
    }

    String text(String member) {
        return text(member, MAX_TEXT_LENGTH);
    }

    private String text(String member, int maxLength) {
        if (json.get(member) instanceof String text && !text.isBlank() && text.length() <= maxLength) {
            return text.strip();
        }
        throw new ChatException("'" + member + "' must be a text of 1 to " + maxLength + " characters.");
    }
}

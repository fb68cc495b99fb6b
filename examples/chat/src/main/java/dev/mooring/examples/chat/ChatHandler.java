package dev.mooring.examples.chat;

import dev.mooring.lambda.WebSocketLambda;
import java.util.Objects;

/** The chat as a Lambda function. {@code MOORING_DSN} says where connections are kept. */
public final class ChatHandler extends WebSocketLambda {

    /** For Lambda. */
    public ChatHandler() {
        super(builder(Chat.app()).dsn(Objects.requireNonNullElse(System.getenv("MOORING_DSN"), "sqlite://chat.db")));
    }
}

// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import dev.mooring.Acceptance;
import dev.mooring.CloseReason;
import dev.mooring.Connection;
import dev.mooring.Message;
import dev.mooring.WebSocketApp;
import dev.mooring.lambda.WebSocketLambda;
import java.util.concurrent.TimeUnit;

/** Counts what each client says, tells everybody, and has bugs on demand. Everything says in which process it ran. */
public final class TallyHandler extends WebSocketLambda {

    /** For Lambda. */
    public TallyHandler() {
        super(new Tally());
    }

    private static final class Tally implements WebSocketApp {

        private final long pid = ProcessHandle.current().pid();

        @Override
        public Acceptance onConnect(Connection connection) {
            connection.attributes().put("pid", "" + pid);
            connection.subscribe("all");
            return Acceptance.accept();
        }

        @Override
        public void onMessage(Connection connection, Message message) {
            String count = connection.attributes().merge("count", "1", (old, one) -> "" + (Integer.parseInt(old) + 1));
            switch (message.text()) {
                case "count" -> connection.send(count + " in " + pid);
                case "where" ->
                    connection.send("connected in " + connection.attributes().get("pid"));
                case "tell" -> connection.publisher().publish("all", "told in " + pid);
                case "hang" -> {
                    connection.send("hanging in " + pid);
                    sleep();
                }
                default -> throw new AssertionError("a bug of the app");
            }
        }

        @Override
        public void onDisconnect(Connection connection, CloseReason reason) {
            String count = connection.attributes().get("count");
            connection.publisher().publish("all", "left after " + count);
        }

        private static void sleep() {
            try {
                TimeUnit.HOURS.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

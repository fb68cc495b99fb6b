// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HandlerLoaderTest {

    /** Says why not. */
    public static final class Broken implements RequestStreamHandler {

        public Broken() {
            throw new IllegalArgumentException("The DSN has no scheme.");
        }

        @Override
        public void handleRequest(InputStream input, OutputStream output, Context context) {}
    }

    /** Does not say why not. */
    public static final class Silent implements RequestStreamHandler {

        public Silent() {
            throw new IllegalStateException();
        }

        @Override
        public void handleRequest(InputStream input, OutputStream output, Context context) {}
    }

    /** Does not even load. */
    public static final class Unloadable implements RequestStreamHandler {

        static final int NUMBER = Integer.parseInt("no number");

        @Override
        public void handleRequest(InputStream input, OutputStream output, Context context) {}
    }

    /** Has no constructor that could be called. */
    public static final class NeedsArgument implements RequestStreamHandler {

        public NeedsArgument(String argument) {
            System.out.println(argument);
        }

        @Override
        public void handleRequest(InputStream input, OutputStream output, Context context) {}
    }

    static List<Arguments> handlersThatDoNotStart() {
        return List.of(
                Arguments.of("com.example.Missing", "The handler com.example.Missing is not on the class path."),
                Arguments.of(
                        "java.lang.Object",
                        "The handler java.lang.Object does not implement " + RequestStreamHandler.class.getName()
                                + "."),
                Arguments.of(
                        RequestStreamHandler.class.getName(),
                        "The handler " + RequestStreamHandler.class.getName()
                                + " is no public class with a public constructor without parameters."),
                Arguments.of(
                        NeedsArgument.class.getName(),
                        "The handler " + NeedsArgument.class.getName()
                                + " is no public class with a public constructor without parameters."),
                Arguments.of(
                        Broken.class.getName(),
                        "The handler " + Broken.class.getName() + " did not start: The DSN has no scheme."),
                Arguments.of(
                        Silent.class.getName(),
                        "The handler " + Silent.class.getName() + " did not start: java.lang.IllegalStateException"),
                Arguments.of(
                        Unloadable.class.getName(),
                        "The handler " + Unloadable.class.getName()
                                + " did not start: java.lang.ExceptionInInitializerError: java.lang.NumberFormatException: For input string: \"no number\""));
    }

    @ParameterizedTest
    @MethodSource
    void handlersThatDoNotStart(String handler, String message) {
        assertThatThrownBy(() -> HandlerLoader.load(handler))
                .isInstanceOf(StartException.class)
                .hasMessage(message);
    }

    @Test
    void aHandlerIsMadeByItsConstructor() throws Exception {
        assertThat(HandlerLoader.load(MainTest.Echo.class.getName())).isInstanceOf(MainTest.Echo.class);
    }
}

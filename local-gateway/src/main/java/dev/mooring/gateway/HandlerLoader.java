// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;

/** Makes the handler that the command line names, or says in one sentence why not. */
final class HandlerLoader {

    private HandlerLoader() {}

    static RequestStreamHandler load(String className) throws StartException {
        try {
            Object handler = find(className).getConstructor().newInstance();
            if (handler instanceof RequestStreamHandler streamHandler) {
                return streamHandler;
            }
            throw new StartException(
                    "The handler " + className + " does not implement " + RequestStreamHandler.class.getName() + ".");
        } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
            throw new StartException(
                    "The handler " + className + " is no public class with a public constructor without parameters.");
        } catch (InvocationTargetException e) {
            throw failed(className, e.getCause());
        } catch (LinkageError e) {
            throw failed(className, e);
        }
    }

    private static Class<?> find(String className) throws StartException {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try {
            return Class.forName(className, true, loader == null ? HandlerLoader.class.getClassLoader() : loader);
        } catch (ClassNotFoundException e) {
            throw new StartException("The handler " + className + " is not on the class path.");
        }
    }

    /** What the handler says itself, and no more; what the JVM says, with its cause. */
    private static StartException failed(String className, @Nullable Throwable failure) {
        String reason = failure == null ? null : failure.getMessage();
        if (reason == null || failure instanceof LinkageError) {
            reason = failure + (failure == null || failure.getCause() == null ? "" : ": " + failure.getCause());
        }
        return new StartException("The handler " + className + " did not start: " + reason);
    }
}

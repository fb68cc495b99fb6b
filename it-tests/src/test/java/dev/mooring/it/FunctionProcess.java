// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import dev.mooring.testsupport.Folders;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/**
 * One execution environment of a function: a process of its own in which the handler runs under AWS's Java runtime
 * interface client, with Lambda's JVM flags and nothing of this JVM's environment. Its files go to a folder that
 * {@link #close} deletes. It ends with this JVM at the latest. Thread-safe.
 */
final class FunctionProcess implements AutoCloseable {

    private static final String MEMORY = "256";
    private static final String NATIVE_CLIENT =
            "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

    private final RuntimeApi api;
    private final Path folder;
    private final Process process;
    private final CompletableFuture<Void> end;
    private final Thread shutdownHook = new Thread(this::stop, "stop function process");

    private FunctionProcess(RuntimeApi api, Path folder, Process process) {
        this.api = api;
        this.folder = folder;
        this.process = process;
        Runtime.getRuntime().addShutdownHook(shutdownHook);
        end = process.onExit().thenAccept(ended -> api.end(ended()));
    }

    /** Starts a process, and does not wait for it: a function that cannot start fails its first event. */
    static FunctionProcess start(DeployedFunction function) throws IOException {
        RuntimeApi api = new RuntimeApi();
        Path folder = Files.createTempDirectory("mooring-function");
        try {
            return new FunctionProcess(api, folder, launch(function, api, folder));
        } catch (IOException e) {
            api.close();
            Folders.delete(folder);
            throw e;
        }
    }

    private static Process launch(DeployedFunction function, RuntimeApi api, Path folder) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx" + MEMORY + "m",
                "-Djava.io.tmpdir=" + folder,
                "-D" + NATIVE_CLIENT + "=" + nativeClient(folder)));
        command.addAll(function.options());
        command.addAll(List.of("-cp", function.classPath(), AWSLambda.class.getName(), function.handler()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(function.folder().orElse(folder).toFile())
                .redirectErrorStream(true)
                .redirectOutput(outputFile(folder).toFile());
        builder.environment().clear();
        builder.environment().putAll(environment(function, api));
        builder.environment().putAll(function.environment());
        return builder.start();
    }

    /** What Lambda sets. */
    private static Map<String, String> environment(DeployedFunction function, RuntimeApi api) {
        return Map.of(
                "LANG", "C.UTF-8",
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "id",
                "AWS_SECRET_ACCESS_KEY", "secret",
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", MEMORY,
                "AWS_LAMBDA_FUNCTION_NAME", RuntimeApi.FUNCTION_NAME,
                "AWS_LAMBDA_FUNCTION_VERSION", "$LATEST",
                "AWS_LAMBDA_RUNTIME_API", api.address(),
                "_HANDLER", function.handler());
    }

    /** A copy of its own: the runtime interface client would overwrite the one of another process in /tmp. */
    private static Path nativeClient(Path folder) throws IOException {
        String cpu = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
        Path copy = folder.resolve("native-client.so");
        try (InputStream library = AWSLambda.class.getResourceAsStream("/jni/libaws-lambda-jni.linux-" + cpu + ".so")) {
            Files.copy(library, copy);
        }
        return copy;
    }

    private static Path outputFile(Path folder) {
        return folder.resolve("output.txt");
    }

    /**
     * Gives the function an event. It is ended if it does not answer in time, as Lambda does it.
     *
     * @return its answer
     * @throws FunctionException if it answers with an error, ends, or takes too long
     */
    byte[] invoke(byte[] event, Duration timeout) throws FunctionException {
        try {
            return api.invoke(event, timeout);
        } catch (TimeoutException e) {
            kill();
            throw new FunctionException("The function did not answer within " + timeout + ". " + printed());
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
            throw new FunctionException("The function was interrupted.");
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Where all its files are. */
    Path folder() {
        return folder;
    }

    /** What it printed, as long as it is not closed. */
    String output() {
        try {
            return new String(Files.readAllBytes(outputFile(folder)), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private String printed() {
        return "It printed:\n" + output();
    }

    private String ended() {
        return "The function's process ended with status " + process.exitValue() + ". " + printed();
    }

    /** SIGKILL: nothing of it runs any more. */
    void kill() {
        process.destroyForcibly();
        end.join();
    }

    /** Ends the process and deletes its files. Closing twice is fine. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            // this JVM is going down, and the hook runs anyway
        }
        stop();
    }

    private synchronized void stop() {
        kill();
        api.close();
        Folders.delete(folder);
    }
}

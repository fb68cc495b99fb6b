// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.server.handler.ResourceHandler;
import org.eclipse.jetty.util.resource.ResourceFactory;

/** A folder of files that is served at {@code /}: a demo's page. */
final class StaticFiles {

    private final URI folder;

    private StaticFiles(URI folder) {
        this.folder = folder;
    }

    static StaticFiles in(Path folder) {
        try {
            if (Files.isDirectory(folder)) {
                return new StaticFiles(folder.toRealPath().toUri());
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("The folder of static files " + folder + " cannot be read.", e);
        }
        throw new IllegalArgumentException(
                "The folder of static files " + folder + " does not exist, or is no folder.");
    }

    static StaticFiles onClassPath(String location) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        URL url = loader == null ? ClassLoader.getSystemResource(location) : loader.getResource(location);
        if (url == null) {
            throw new IllegalArgumentException("There is no folder " + location + " on the class path.");
        }
        return new StaticFiles(URI.create(url.toExternalForm()));
    }

    ResourceHandler handler() {
        ResourceHandler handler = new ResourceHandler();
        handler.setBaseResource(ResourceFactory.of(handler).newResource(folder));
        handler.setDirAllowed(false);
        handler.setEtags(true);
        // A developer edits and reloads: browsers are to ask each time.
        handler.setCacheControl("no-cache");
        return handler;
    }
}

// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import java.util.List;
import java.util.Objects;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.images.RemoteDockerImage;
import org.testcontainers.utility.DockerImageName;

/** What an image runs unless it is told otherwise. */
final class ImageCommand {

    private ImageCommand() {}

    static List<String> of(DockerImageName image) {
        String pulled = new RemoteDockerImage(image).get();
        String[] command = Objects.requireNonNull(DockerClientFactory.instance()
                        .client()
                        .inspectImageCmd(pulled)
                        .exec()
                        .getConfig())
                .getCmd();
        return List.of(Objects.requireNonNull(command));
    }
}

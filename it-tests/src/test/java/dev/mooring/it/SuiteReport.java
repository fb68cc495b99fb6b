// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Says at the end what of the suite ran, on which images, and what did not and why: {@code target/suite-report.txt}. */
public final class SuiteReport implements TestExecutionListener {

    private static final Path FILE = Path.of("target", "suite-report.txt");

    /** What happened to the tests of one class, on one server. */
    private static final class Count {
        private int passed;
        private int failed;
        private final List<String> skipped = new ArrayList<>();

        @Override
        public String toString() {
            String reasons = skipped.isEmpty() ? "" : ", skipped: " + String.join("; ", skipped);
            return passed + " passed" + (failed == 0 ? "" : ", " + failed + " FAILED") + reasons;
        }
    }

    private final Map<String, Count> counts = new LinkedHashMap<>();
    private TestPlan plan;

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        this.plan = plan;
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        count(test).skipped.add(test.getDisplayName() + " (" + reason + ")");
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() != Status.SUCCESSFUL) {
            count(test).failed++;
        } else if (test.isTest()) {
            count(test).passed++;
        }
    }

    private Count count(TestIdentifier test) {
        return counts.computeIfAbsent(group(test), name -> new Count());
    }

    /** The class, and the server that it is run on if it is run on several. */
    private String group(TestIdentifier test) {
        List<String> names = new ArrayList<>();
        for (TestIdentifier part = test;
                part != null;
                part = plan.getParent(part).orElse(null)) {
            if (part.getUniqueIdObject().getLastSegment().getType().startsWith("class")) {
                names.add(0, part.getDisplayName());
            }
        }
        return String.join(" ", names);
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        if (counts.keySet().stream().noneMatch(name -> name.contains("IT"))) {
            return;
        }
        String where = System.getProperty("mooring.it.dsn") == null ? Images.all() : "the store of mooring.it.dsn";
        StringBuilder report = new StringBuilder("The containers suite, on " + where + ":\n");
        counts.forEach((name, count) ->
                report.append("  ").append(name).append(": ").append(count).append('\n'));
        System.out.print(report);
        try {
            Files.writeString(FILE, report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

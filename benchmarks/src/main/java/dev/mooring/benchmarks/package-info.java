/** Measures what the documentation states. {@link dev.mooring.benchmarks.HttpClients} compares those of the AWS SDK. */
@NullMarked
package dev.mooring.benchmarks;

import org.jspecify.annotations.NullMarked;

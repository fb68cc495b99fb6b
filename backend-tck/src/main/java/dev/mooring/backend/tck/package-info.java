/**
 * The backend contract as inheritable JUnit tests. A backend's author extends {@link
 * dev.mooring.backend.tck.BackendContract} and, for a store that is a server, {@link
 * dev.mooring.backend.tck.ServerFailureContract}; everything else here is their inside.
 */
@NullMarked
package dev.mooring.backend.tck;

import org.jspecify.annotations.NullMarked;

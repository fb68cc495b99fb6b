/**
 * What the tests of this build share: real servers, each in a JVM of its own; what stands in front of them, gives them bad
 * weather or other answers; and small help with waiting, ports, certificates and folders.
 */
@NullMarked
package dev.mooring.testsupport;

import org.jspecify.annotations.NullMarked;

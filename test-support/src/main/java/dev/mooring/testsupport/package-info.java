/** Real servers for the tests of this build, each in a JVM of its own, and a proxy that gives them bad weather. */
@NullMarked
package dev.mooring.testsupport;

import org.jspecify.annotations.NullMarked;

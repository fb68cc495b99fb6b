/** The S3 server of this build's tests; runs in a JVM of its own. */
@NullMarked
package dev.mooring.testsupport.s3mock;

import org.jspecify.annotations.NullMarked;

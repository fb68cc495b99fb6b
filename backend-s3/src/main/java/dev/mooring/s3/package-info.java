/** Keeps connections in Amazon S3: {@link dev.mooring.s3.S3Backend}, from a DSN or over an S3 client of your own. */
@NullMarked
package dev.mooring.s3;

import org.jspecify.annotations.NullMarked;

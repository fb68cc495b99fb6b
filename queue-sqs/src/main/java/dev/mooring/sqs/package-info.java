/**
 * Puts jobs into Amazon SQS: {@code MOORING_QUEUE_URL}, or {@link dev.mooring.sqs.SqsJobQueue} over a client of your own.
 */
@NullMarked
package dev.mooring.sqs;

import org.jspecify.annotations.NullMarked;

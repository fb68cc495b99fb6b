/**
 * Keeps connections in Amazon DynamoDB: {@code dynamodb://table?region=eu-west-1}, or {@link
 * dev.mooring.dynamodb.DynamoDbBackend} over a client of your own.
 */
@NullMarked
package dev.mooring.dynamodb;

import org.jspecify.annotations.NullMarked;

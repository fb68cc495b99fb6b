/**
 * What an app author sees. A {@link dev.mooring.WebSocketApp} answers to connect, message and disconnect; a {@link
 * dev.mooring.Connection} is one client, kept between events; a {@link dev.mooring.Publisher} reaches the others.
 */
@NullMarked
package dev.mooring;

import org.jspecify.annotations.NullMarked;

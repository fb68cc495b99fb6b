/**
 * A chat with rooms, nicknames, presence and whispers: {@link dev.mooring.examples.chat.Chat} is the whole app, {@link
 * dev.mooring.examples.chat.ChatHandler} makes it a Lambda function.
 */
@NullMarked
package dev.mooring.examples.chat;

import org.jspecify.annotations.NullMarked;

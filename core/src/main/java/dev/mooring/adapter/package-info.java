/**
 * What an adapter author sees: the {@link dev.mooring.adapter.Engine} that runs an app through connect, message and
 * disconnect, and the {@link dev.mooring.adapter.Gateway} that an adapter supplies to reach clients on its platform.
 */
@NullMarked
package dev.mooring.adapter;

import org.jspecify.annotations.NullMarked;

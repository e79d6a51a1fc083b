/**
 * The server's flags in named groups, one line each, and how they become the configuration's
 * records. A flag is added in its group; help and docs/flags.md follow.
 */
@NullMarked
package dev.sallyport.config.options;

import org.jspecify.annotations.NullMarked;

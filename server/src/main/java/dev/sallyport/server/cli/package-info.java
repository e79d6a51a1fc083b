/** The command line: Main, its commands, and what they say. The only place that may block. */
@NullMarked
package dev.sallyport.server.cli;

import org.jspecify.annotations.NullMarked;

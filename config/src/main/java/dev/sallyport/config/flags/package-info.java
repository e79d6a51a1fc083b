/**
 * Flags as Kubernetes' components read them (the rules of Go's pflag), from the command line and
 * from a file: what a flag is, how words become values, how help is printed. Knows no flag by name.
 */
@NullMarked
package dev.sallyport.config.flags;

import org.jspecify.annotations.NullMarked;

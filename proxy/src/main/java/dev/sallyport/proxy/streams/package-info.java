/**
 * What kubectl's streams (exec, attach, port-forward) say inside their tunnels, told apart from the
 * two protocols that carry them.
 */
@NullMarked
package dev.sallyport.proxy.streams;

import org.jspecify.annotations.NullMarked;

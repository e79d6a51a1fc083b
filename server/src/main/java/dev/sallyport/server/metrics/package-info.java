/**
 * What the server counts and times, under kube-apiserver's names where they fit. Every set of
 * series is bounded: labels come from what the server serves, never from what clients make up.
 */
@NullMarked
package dev.sallyport.server.metrics;

import org.jspecify.annotations.NullMarked;

/**
 * Calls out: kubeconfig files and one bounded, never-blocking HTTPS client for reviews, issuers and
 * audit.
 */
@NullMarked
package dev.sallyport.webhook;

import org.jspecify.annotations.NullMarked;

/**
 * authentication.k8s.io: who am I, whose token is this, a token for a service account; and the keys
 * by which others verify such tokens.
 */
@NullMarked
package dev.sallyport.server.endpoint.token;

import org.jspecify.annotations.NullMarked;

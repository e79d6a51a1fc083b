package dev.sallyport.authz;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Attributes;

/**
 * Judges one request. Called on an event loop and never blocks. It throws only when it is broken;
 * an error in looking things up is carried in a NO_OPINION.
 */
public interface Authorizer {
  Answer<AuthorizationResult> authorize(Attributes attributes);
}

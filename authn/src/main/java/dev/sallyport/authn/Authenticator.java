package dev.sallyport.authn;

import dev.sallyport.api.Answer;

/**
 * One way in. Called on an event loop: it answers now whatever is in memory and never blocks; what
 * must wait is answered later. It throws only when it is broken, never to say no.
 */
public interface Authenticator {
  Answer<AuthenticationResult> authenticate(AuthenticationRequest request);
}

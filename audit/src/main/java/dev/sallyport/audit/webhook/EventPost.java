package dev.sallyport.audit.webhook;

import dev.sallyport.api.Answer;

/** Brings a document to the server that wants events, trying again as often as is worth it. */
@FunctionalInterface
public interface EventPost {

  /**
   * @return done when it was taken; fails when it is given up
   */
  Answer<?> post(byte[] document);
}

package dev.sallyport.controllers.queue;

import dev.sallyport.api.Answer;

/** Makes what one key stands for as it should be. */
@FunctionalInterface
public interface Reconciler {

  /**
   * Called on the queue's executor, for one key never twice at a time. It looks at how things are
   * now: it is not told why it is called.
   *
   * @return false asks to be called again after a while; a failure is logged and does so too
   */
  Answer<Boolean> reconcile(String key);
}

package dev.sallyport.authz.rbac;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Numbers the changes of an index. A change's number is shown when the change is in force, so that
 * who reads the number first and the index second never takes something old for that new.
 *
 * <p>Written under the index's lock, read without.
 */
final class SightChanges {

  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile long generation;
  private volatile long all;

  long generation() {
    return generation;
  }

  /** Whether a change behind the generation may concern anybody. */
  boolean allBehind(long since) {
    return all > since;
  }

  /** The number of a change that is about to be made. */
  long next() {
    return generation + 1;
  }

  /** The change is in force. */
  void made(long number) {
    generation = number;
    listeners.forEach(Runnable::run);
  }

  /** A subject is gone, and with it the number of its last change: anybody may have been it. */
  void forgot(long number) {
    all = number;
  }

  /** A change that may concern anybody is in force. */
  void all() {
    long number = next();
    all = number;
    made(number);
  }

  void onChange(Runnable listener) {
    listeners.add(listener);
  }
}

package dev.sallyport.store;

import org.jspecify.annotations.Nullable;

/**
 * Makes the next state of an object from its current one. It may run several times and on any
 * thread, the publishing thread included (a lost race is run again there), so it has no side
 * effects and does not wait for anything; what it throws (a StatusException, say) fails the write.
 * A draft that equals the current state writes nothing, as if it were {@link #UNCHANGED}.
 */
public interface Change {

  /** Keeps the object as it is: the write is answered with the current state and no revision. */
  Outcome UNCHANGED = new Outcome(null, false);

  Outcome apply(StoredObject current);

  /**
   * What becomes of the object.
   *
   * @param draft its next state, or null
   * @param delete whether it is removed; a draft beside it is its last state
   */
  record Outcome(@Nullable Draft draft, boolean delete) {}

  static Outcome replaceBy(Draft draft) {
    return new Outcome(draft, false);
  }

  static Outcome remove() {
    return new Outcome(null, true);
  }
}

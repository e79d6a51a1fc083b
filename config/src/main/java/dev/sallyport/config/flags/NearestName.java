package dev.sallyport.config.flags;

import java.util.Collection;
import java.util.Optional;

/** Guesses which name somebody meant. */
public final class NearestName {
  private NearestName() {}

  /** The name that takes the fewest letters to change into; empty if none is near. */
  public static Optional<String> of(String wanted, Collection<String> names) {
    int limit = Math.max(2, wanted.length() / 3);
    String best = null;
    for (String known : names) {
      int distance = EditDistance.between(wanted, known, limit);
      if (distance <= limit) {
        limit = distance - 1;
        best = known;
      }
    }
    return Optional.ofNullable(best);
  }
}

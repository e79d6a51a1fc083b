package dev.sallyport.resources.structural.value;

import dev.sallyport.api.StatusCause;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What came of checking a value: each fault once, in the order found, and how many checks were
 * made, which tells the best of several alternatives that all failed. For one thread.
 */
final class Outcome {
  private final List<StatusCause> causes = new ArrayList<>();
  private final Set<StatusCause> known = new HashSet<>();
  private int matches;

  void add(StatusCause cause) {
    if (known.add(cause)) {
      causes.add(cause);
    }
  }

  void matched() {
    matches++;
  }

  int matches() {
    return matches;
  }

  void merge(Outcome other) {
    other.causes.forEach(this::add);
    matches += other.matches;
  }

  boolean valid() {
    return causes.isEmpty();
  }

  int size() {
    return causes.size();
  }

  /** Forgets the faults that were found after there were so many. */
  void forget(int size) {
    List<StatusCause> rest = causes.subList(size, causes.size());
    rest.forEach(known::remove);
    rest.clear();
  }

  List<StatusCause> causes() {
    return causes;
  }
}

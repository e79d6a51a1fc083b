package dev.sallyport.config;

import java.util.Collections;
import java.util.List;

/**
 * Whom to record, and how much.
 *
 * @param groups it fits who is in one of them; empty: everybody
 */
public record RecordingRule(List<String> groups, RecordingLevel level) {

  /** Everybody's output and nobody's input. */
  public static final RecordingRule EVERYBODYS_OUTPUT =
      new RecordingRule(List.of(), RecordingLevel.OUTPUT);

  public RecordingRule {
    groups = List.copyOf(groups);
  }

  boolean fits(List<String> callers) {
    return groups.isEmpty() || !Collections.disjoint(groups, callers);
  }
}

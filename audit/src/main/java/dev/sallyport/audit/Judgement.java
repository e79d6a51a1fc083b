package dev.sallyport.audit;

import java.util.Set;

/**
 * What the policy says about one request. Immutable.
 *
 * @param omitStages no event is written at these
 * @param omitManagedFields whether objects lose their metadata.managedFields
 */
public record Judgement(Level level, Set<Stage> omitStages, boolean omitManagedFields) {

  /** Nothing is written. */
  public static final Judgement SILENCE = new Judgement(Level.NONE, Set.of(), false);

  public Judgement {
    omitStages = Set.copyOf(omitStages);
  }

  public boolean silent() {
    return level == Level.NONE;
  }

  /** Whether an event is written at that stage. */
  public boolean covers(Stage stage) {
    return level != Level.NONE && !omitStages.contains(stage);
  }

  /** The same stages, without any object. */
  public Judgement withoutObjects() {
    return level.atLeast(Level.REQUEST) ? new Judgement(Level.METADATA, omitStages, false) : this;
  }
}

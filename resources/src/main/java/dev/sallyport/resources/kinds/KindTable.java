package dev.sallyport.resources.kinds;

import java.util.HashMap;
import java.util.Map;

/**
 * Strategies by group and kind while a table of them is being made: each room adds its kinds. For
 * one thread.
 */
public final class KindTable {

  private final Map<String, KindStrategy> byKind = new HashMap<>();

  /**
   * @throws IllegalStateException when the kind has a strategy already
   */
  public KindTable put(String group, String kind, KindStrategy strategy) {
    if (byKind.put(key(group, kind), strategy) != null) {
      throw new IllegalStateException("two strategies of " + key(group, kind));
    }
    return this;
  }

  /** A kind that differs from others in traits only. */
  public KindTable put(String group, String kind, KindStrategy.Trait... traits) {
    return put(group, kind, PlainStrategy.of(traits));
  }

  /** What was put in so far; later additions do not show. */
  public KindStrategies strategies() {
    Map<String, KindStrategy> known = Map.copyOf(byKind);
    KindStrategy plain = PlainStrategy.of();
    return resource ->
        known.getOrDefault(
            key(resource.storageKind().group(), resource.storageKind().kind()), plain);
  }

  private static String key(String group, String kind) {
    return group + "/" + kind;
  }
}

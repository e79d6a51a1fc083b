package dev.sallyport.authn;

import java.util.ArrayList;
import java.util.List;

/**
 * Whom a token must be meant for.
 *
 * @param names the acceptable audiences; empty when the caller does not mind
 */
public record Audiences(List<String> names) {

  /** No expectation. */
  public static final Audiences ANY = new Audiences(List.of());

  public Audiences {
    names = List.copyOf(names);
  }

  /** Those of ours that the other list names too, in our order. */
  public Audiences intersect(List<String> others) {
    List<String> common = new ArrayList<>(names.size());
    for (String name : names) {
      if (others.contains(name)) {
        common.add(name);
      }
    }
    return new Audiences(common);
  }
}

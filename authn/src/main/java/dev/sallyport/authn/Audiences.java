package dev.sallyport.authn;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  /**
   * For whom a token is good that knows no audience and is so meant for us: for whoever does not
   * mind, else for those of us that are wanted; null when that is nobody.
   */
  public @Nullable Audiences agreedWith(Audiences wanted) {
    if (wanted.names().isEmpty() || wanted.equals(this)) {
      return wanted;
    }
    Audiences agreed = intersect(wanted.names());
    return agreed.names().isEmpty() ? null : agreed;
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

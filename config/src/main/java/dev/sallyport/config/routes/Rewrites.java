package dev.sallyport.config.routes;

import java.util.List;

/**
 * Where the values come from that a {@link ResourceQuestion}'s templates are filled with.
 *
 * @param queryParameter its values; "" for none
 * @param header its values; "" for none
 * @param paths the first that covers the path names its segments
 */
public record Rewrites(String queryParameter, String header, List<PathTemplate> paths) {

  /** Nothing is rewritten. */
  public static final Rewrites NONE = new Rewrites("", "", List.of());

  public Rewrites {
    paths = List.copyOf(paths);
  }

  /** Whether values are taken from a query parameter or a header. */
  public boolean byValue() {
    return !queryParameter.isEmpty() || !header.isEmpty();
  }
}

package dev.sallyport.resources;

import java.util.List;

/**
 * What stands below an object's path, such as status, scale or token.
 *
 * @param kind what its bodies hold; may be of another group (autoscaling/v1 Scale)
 * @param verbs in alphabetical order
 */
public record Subresource(String name, GroupVersionKind kind, List<String> verbs) {
  public Subresource {
    verbs = List.copyOf(verbs);
  }
}

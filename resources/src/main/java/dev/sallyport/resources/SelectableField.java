package dev.sallyport.resources;

import java.util.List;

/**
 * A field that field selectors may name, beside metadata.name and metadata.namespace.
 *
 * @param label as selectors spell it, such as status.phase
 * @param path where it stands in the object
 * @param absent its value when the object does not say
 */
public record SelectableField(String label, List<String> path, String absent) {
  public SelectableField {
    path = List.copyOf(path);
  }
}

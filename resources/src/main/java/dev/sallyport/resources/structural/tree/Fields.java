package dev.sallyport.resources.structural.tree;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The properties of a schema: two arrays sorted by name, a third of what a map takes. */
public final class Fields {

  static final Fields NONE = new Fields(new String[0], new SchemaNode[0]);

  private final String[] names;
  private final SchemaNode[] nodes;

  private Fields(String[] names, SchemaNode[] nodes) {
    this.names = names;
    this.nodes = nodes;
  }

  static Fields of(SortedMap<String, SchemaNode> properties) {
    return properties.isEmpty()
        ? NONE
        : new Fields(
            properties.keySet().toArray(String[]::new),
            properties.values().toArray(SchemaNode[]::new));
  }

  public @Nullable SchemaNode get(String name) {
    int at = Arrays.binarySearch(names, name);
    return at < 0 ? null : nodes[at];
  }

  public boolean isEmpty() {
    return names.length == 0;
  }

  /** Sorted. */
  public List<String> names() {
    return List.of(names);
  }

  /** In the order of the names. */
  public void forEach(BiConsumer<String, SchemaNode> action) {
    for (int i = 0; i < names.length; i++) {
      action.accept(names[i], nodes[i]);
    }
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // As of nodes: equal ones are one object already.
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof Fields fields) || !Arrays.equals(names, fields.names)) {
      return false;
    }
    for (int i = 0; i < nodes.length; i++) {
      if (nodes[i] != fields.nodes[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int hash = Arrays.hashCode(names);
    for (SchemaNode node : nodes) {
      hash = 31 * hash + System.identityHashCode(node);
    }
    return hash;
  }
}

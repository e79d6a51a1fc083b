package dev.sallyport.resources.structural.tree;

import org.jspecify.annotations.Nullable;

/**
 * Paths to fields below a schema as rules write them: {@code .spec.foo} and {@code .labels['a.b']}.
 */
public final class FieldPaths {
  private final String text;
  private final StringBuilder path = new StringBuilder();
  private SchemaNode schema;
  private int at;

  private FieldPaths(String text, SchemaNode schema) {
    this.text = text;
    this.schema = schema;
  }

  /** The path as faults show it; null when it leads to no field of the schema. */
  public static @Nullable String resolve(String text, SchemaNode schema) {
    FieldPaths walk = new FieldPaths(text, schema);
    while (walk.at < text.length()) {
      if (!walk.step()) {
        return null;
      }
    }
    return walk.path.toString();
  }

  private boolean step() {
    char first = text.charAt(at++);
    if (first == '.') {
      int start = at;
      while (at < text.length() && ".[]".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      return enter(text.substring(start, at));
    }
    if (first != '[' || at >= text.length() || text.charAt(at++) != '\'') {
      return false;
    }
    StringBuilder name = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '\'') {
      if (text.charAt(at) == '\\' && ++at == text.length()) {
        return false;
      }
      name.append(text.charAt(at++));
    }
    at += 2;
    return at <= text.length() && text.charAt(at - 1) == ']' && enter(name.toString());
  }

  private boolean enter(String name) {
    boolean named = !schema.properties().isEmpty();
    SchemaNode next = named ? schema.properties().get(name) : schema.values();
    if (next == null || name.isEmpty()) {
      return false;
    }
    if (named) {
      path.append(path.isEmpty() ? "" : ".").append(name);
    } else {
      path.append('[').append(name).append(']');
    }
    schema = next;
    return true;
  }
}

package dev.sallyport.resources.structural.tree;

/** Where a walk through an object stands, as text that grows and shrinks. For one thread. */
public final class Place {
  private final StringBuilder text = new StringBuilder();

  /** Goes into a field; {@link #back} with what this answers leaves it. */
  public int field(String name) {
    int mark = text.length();
    if (mark > 0) {
      text.append('.');
    }
    text.append(name);
    return mark;
  }

  /** Goes into a map's entry where maps are told from structs: {@code spec.labels[a]}. */
  public int key(String key) {
    int mark = text.length();
    text.append('[').append(key).append(']');
    return mark;
  }

  public int index(int index) {
    int mark = text.length();
    text.append('[').append(index).append(']');
    return mark;
  }

  public void back(int mark) {
    text.setLength(mark);
  }

  /** A field's path, as {@code spec.size}; "" for the root. */
  public String path() {
    return text.toString();
  }

  /** The path of a member of where the walk stands. */
  public String path(String name) {
    return text.isEmpty() ? name : text + "." + name;
  }
}

package dev.sallyport.resources.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;

/**
 * A place in a document. Beyond RFC 6901, a negative index counts from a list's end, as clients of
 * this API are used to.
 *
 * @param steps member names and indices, unescaped; none is the whole document
 */
record JsonPointerPath(List<String> steps) {

  /** The document has no such place, or the path is none. */
  static final class NoSuchPlace extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    NoSuchPlace() {
      super(null, null, false, false);
    }
  }

  static JsonPointerPath of(String path) {
    if (path.isEmpty()) {
      return new JsonPointerPath(List.of());
    }
    if (path.charAt(0) != '/') {
      throw new NoSuchPlace();
    }
    List<String> steps = new ArrayList<>();
    int start = 1;
    while (true) {
      int slash = path.indexOf('/', start);
      String step = path.substring(start, slash < 0 ? path.length() : slash);
      steps.add(step.replace("~1", "/").replace("~0", "~"));
      if (slash < 0) {
        return new JsonPointerPath(steps);
      }
      start = slash + 1;
    }
  }

  boolean root() {
    return steps.isEmpty();
  }

  String last() {
    return steps.get(steps.size() - 1);
  }

  JsonNode find(JsonNode document) {
    return walk(document, steps.size());
  }

  JsonNode findParent(JsonNode document) {
    return walk(document, steps.size() - 1);
  }

  private JsonNode walk(JsonNode document, int depth) {
    JsonNode node = document;
    for (int i = 0; i < depth; i++) {
      String step = steps.get(i);
      JsonNode next =
          node instanceof ArrayNode array
              ? array.get(index(step, array.size(), false))
              : node.get(step);
      if (next == null) {
        throw new NoSuchPlace();
      }
      node = next;
    }
    return node;
  }

  static ArrayNode array(JsonNode node) {
    if (node instanceof ArrayNode array) {
      return array;
    }
    throw new NoSuchPlace();
  }

  /** The index a step means in a list of that size; with {@code insert} its end is one too. */
  static int index(String step, int size, boolean insert) {
    if (insert && step.equals("-")) {
      return size;
    }
    int index;
    try {
      index = Integer.parseInt(step);
    } catch (NumberFormatException e) {
      throw new NoSuchPlace();
    }
    int bound = insert ? size + 1 : size;
    if (index < 0) {
      index += bound;
    }
    if (index < 0 || index >= bound) {
      throw new NoSuchPlace();
    }
    return index;
  }
}

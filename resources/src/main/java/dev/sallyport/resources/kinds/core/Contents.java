package dev.sallyport.resources.kinds.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/** What ConfigMaps and Secrets share: sizes of values and the immutable flag. */
final class Contents {

  static final String FROZEN = "field is immutable when `immutable` is set";

  private Contents() {}

  static long utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** The number of bytes that a base64 text stands for. */
  static long base64(String text) {
    int length = text.length();
    int padding = 0;
    while (padding < 2 && padding < length && text.charAt(length - 1 - padding) == '=') {
      padding++;
    }
    return length / 4 * 3L - padding;
  }

  /** Whether a member is the same; an empty one is no other than none. */
  static boolean same(ObjectNode one, ObjectNode other, String member) {
    JsonNode a = one.path(member);
    JsonNode b = other.path(member);
    return a.isEmpty() && b.isEmpty() || a.equals(b);
  }
}

package dev.sallyport.resources.kinds.pod;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.TreeSet;

/** Two trees side by side: a line for each value that went, changed or came. */
public final class SpecDifference {

  private final StringBuilder lines = new StringBuilder();

  private SpecDifference() {}

  /** Lines such as {@code - hostname: "a"} and {@code + hostname: "b"}. */
  public static String of(JsonNode old, JsonNode now) {
    SpecDifference difference = new SpecDifference();
    difference.compare("", old, now);
    return difference.lines.toString();
  }

  private void compare(String path, JsonNode old, JsonNode now) {
    if (old.equals(now)) {
      return;
    }
    if (old.isObject() && now.isObject()) {
      TreeSet<String> members = new TreeSet<>();
      old.fieldNames().forEachRemaining(members::add);
      now.fieldNames().forEachRemaining(members::add);
      for (String member : members) {
        compare(path.isEmpty() ? member : path + "." + member, old.path(member), now.path(member));
      }
    } else if (old.isArray() && now.isArray()) {
      for (int i = 0; i < Math.max(old.size(), now.size()); i++) {
        compare(path + "[" + i + "]", old.path(i), now.path(i));
      }
    } else {
      line("- ", path, old);
      line("+ ", path, now);
    }
  }

  private void line(String sign, String path, JsonNode value) {
    if (!value.isMissingNode()) {
      lines.append(sign).append('\t').append(path).append(": ").append(value).append('\n');
    }
  }
}

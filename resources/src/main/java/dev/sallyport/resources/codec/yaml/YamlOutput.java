package dev.sallyport.resources.codec.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.resources.codec.json.JsonInput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Writes JSON as YAML, laid out as kubectl's users know it: keys sorted, lists not indented, text
 * quoted only where it must be, long lines folded.
 */
public final class YamlOutput {

  private static final int INDENT = 2;

  /** A longer key is written the explicit way, with a question mark. */
  private static final int LONGEST_SIMPLE_KEY = 128;

  private static final Comparator<Map.Entry<String, JsonNode>> BY_KEY =
      Map.Entry.comparingByKey(NaturalOrder.INSTANCE);

  /** Indentation can make far more of deep JSON than it is worth; of the usual, hardly any. */
  private static final int MOST_TIMES_LARGER = 16;

  private static final int ALWAYS_ALLOWED = 1 << 20;

  private final YamlText out;

  private YamlOutput(long longest) {
    this.out = new YamlText(longest);
  }

  /**
   * @throws dev.sallyport.api.StatusException 406 when the text would be many times larger than the
   *     JSON
   */
  public static byte[] write(byte[] json) {
    JsonNode value = JsonInput.tree(json);
    YamlOutput output = new YamlOutput((long) MOST_TIMES_LARGER * json.length + ALWAYS_ALLOWED);
    if (isBlock(value)) {
      output.block(value, 0);
    } else {
      output.scalar(value, 0);
      output.out.newLine();
    }
    return output.out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isBlock(JsonNode value) {
    return value.isContainerNode() && !value.isEmpty();
  }

  /** A map or list that is not empty, the first line at the current column. */
  private void block(JsonNode value, int indent) {
    if (value.isObject()) {
      map(value, indent);
    } else {
      list(value, indent);
    }
  }

  private void map(JsonNode map, int indent) {
    List<Map.Entry<String, JsonNode>> entries = new ArrayList<>(map.properties());
    entries.sort(BY_KEY);
    boolean first = true;
    for (Map.Entry<String, JsonNode> entry : entries) {
      if (!first) {
        out.spaces(indent);
      }
      first = false;
      key(entry.getKey(), indent);
      memberValue(entry.getValue(), indent);
    }
  }

  private void key(String key, int indent) {
    if (key.length() > LONGEST_SIMPLE_KEY || key.indexOf('\n') >= 0) {
      out.append("? ");
      new ScalarWriter(out, indent + INDENT, false).write(key);
      out.newLine();
      out.spaces(indent);
    } else {
      new ScalarWriter(out, indent, true).write(key);
    }
    out.append(":");
  }

  private void memberValue(JsonNode value, int indent) {
    if (!isBlock(value)) {
      out.append(" ");
      scalar(value, indent + INDENT);
      out.newLine();
      return;
    }
    out.newLine();
    // A list stands at its key's own column.
    int inner = value.isObject() ? indent + INDENT : indent;
    out.spaces(inner);
    block(value, inner);
  }

  private void list(JsonNode list, int indent) {
    boolean first = true;
    for (JsonNode element : list) {
      if (!first) {
        out.spaces(indent);
      }
      first = false;
      out.append("- ");
      if (isBlock(element)) {
        block(element, indent + INDENT);
      } else {
        scalar(element, indent + INDENT);
        out.newLine();
      }
    }
  }

  private void scalar(JsonNode value, int indent) {
    if (value.isTextual()) {
      new ScalarWriter(out, indent, false).write(value.textValue());
    } else if (value.isContainerNode()) {
      out.append(value.isObject() ? "{}" : "[]");
    } else {
      out.append(value.isNull() ? "null" : value.asText());
    }
  }
}

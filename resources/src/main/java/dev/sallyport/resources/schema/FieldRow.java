package dev.sallyport.resources.schema;

import java.util.HashMap;
import java.util.Map;
import java.util.StringTokenizer;

/** One field's line of the table, see {@link SchemaTable}. */
record FieldRow(
    String name, String type, char presence, String protobuf, Map<String, String> options) {

  static FieldRow parse(String line) {
    StringTokenizer words = new StringTokenizer(line, "\t");
    String name = words.nextToken();
    String type = words.nextToken();
    char presence = words.nextToken().charAt(0);
    String protobuf = words.nextToken();
    if (!words.hasMoreTokens()) {
      return new FieldRow(name, type, presence, protobuf, Map.of());
    }
    Map<String, String> options = new HashMap<>();
    while (words.hasMoreTokens()) {
      String word = words.nextToken();
      int equals = word.indexOf('=');
      options.put(
          equals < 0 ? word : word.substring(0, equals),
          equals < 0 ? "" : word.substring(equals + 1));
    }
    return new FieldRow(name, type, presence, protobuf, options);
  }

  String option(String key) {
    return options.getOrDefault(key, "");
  }
}

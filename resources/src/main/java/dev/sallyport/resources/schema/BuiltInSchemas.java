package dev.sallyport.resources.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sallyport.resources.FieldSchema;
import dev.sallyport.resources.FieldSchema.Presence;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.ListSchema;
import dev.sallyport.resources.MapSchema;
import dev.sallyport.resources.MergeRule;
import dev.sallyport.resources.ObjectSchema;
import dev.sallyport.resources.ScalarSchema;
import dev.sallyport.resources.SchemaSource;
import dev.sallyport.resources.StructSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The schemas of the built-in kinds. A struct is made when it is first reached. Any thread. */
public final class BuiltInSchemas implements SchemaSource {

  private static final ObjectMapper DEFAULTS = new ObjectMapper();

  private final SchemaTable table;
  private final Map<String, StructSchema> structs = new ConcurrentHashMap<>();

  public BuiltInSchemas() {
    this(SchemaTable.builtIn());
  }

  BuiltInSchemas(SchemaTable table) {
    this.table = table;
  }

  @Override
  public @Nullable StructSchema schema(GroupVersionKind kind) {
    String type = table.typeOf(kind);
    return type == null ? null : struct(type);
  }

  private StructSchema struct(String type) {
    return structs.computeIfAbsent(type, name -> new LazyStruct(name, () -> fields(name)));
  }

  private List<FieldSchema> fields(String type) {
    List<FieldSchema> fields = new ArrayList<>();
    for (FieldRow row : table.rows(type)) {
      fields.add(
          new FieldSchema(
              row.name(),
              schema(row.type()),
              row.options().containsKey("req"),
              presence(row.presence()),
              defaultValue(row.option("def")),
              list(row.option("enum")),
              merge(row)));
    }
    return fields;
  }

  private ObjectSchema schema(String type) {
    if (type.charAt(0) == '[') {
      return new ListSchema(schema(type.substring(1)));
    }
    if (type.charAt(0) == '{') {
      return new MapSchema(schema(type.substring(1)));
    }
    return type.length() > 1 ? struct(type) : scalar(type.charAt(0));
  }

  private static ScalarSchema scalar(char letter) {
    return switch (letter) {
      case 's' -> ScalarSchema.STRING;
      case 'b' -> ScalarSchema.BOOLEAN;
      case 'i' -> ScalarSchema.INT32;
      case 'l' -> ScalarSchema.INT64;
      case 'd' -> ScalarSchema.DOUBLE;
      case 'y' -> ScalarSchema.BYTES;
      case 't' -> ScalarSchema.TIME;
      case 'm' -> ScalarSchema.MICRO_TIME;
      case 'q' -> ScalarSchema.QUANTITY;
      case 'x' -> ScalarSchema.INT_OR_STRING;
      case 'a', 'u', 'v', 'w' -> ScalarSchema.ANY;
      default -> throw new IllegalStateException("schemas.txt: type " + letter);
    };
  }

  private static Presence presence(char letter) {
    return switch (letter) {
      case 'a' -> Presence.ALWAYS;
      case 'n' -> Presence.ALWAYS_OR_NULL;
      case 'o' -> Presence.UNLESS_EMPTY;
      case 'w' -> Presence.WHEN_SET;
      default -> throw new IllegalStateException("schemas.txt: presence " + letter);
    };
  }

  private static @Nullable JsonNode defaultValue(String json) {
    if (json.isEmpty()) {
      return null;
    }
    try {
      return DEFAULTS.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("schemas.txt: default " + json, e);
    }
  }

  private static MergeRule merge(FieldRow row) {
    String strategy = row.option("ps");
    String mergeKey = row.option("mk");
    String listType = row.option("lt");
    String mapType = row.option("mt");
    boolean plain =
        strategy.isEmpty() && mergeKey.isEmpty() && listType.isEmpty() && mapType.isEmpty();
    return plain
        ? MergeRule.DEFAULT
        : new MergeRule(strategy, mergeKey, listType, list(row.option("lk")), mapType);
  }

  private static List<String> list(String commaSeparated) {
    if (commaSeparated.isEmpty()) {
      return List.of();
    }
    List<String> parts = new ArrayList<>();
    StringTokenizer words = new StringTokenizer(commaSeparated, ",");
    while (words.hasMoreTokens()) {
      parts.add(words.nextToken());
    }
    return parts;
  }
}

package dev.sallyport.resources.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.resources.FieldSchema;
import dev.sallyport.resources.ListSchema;
import dev.sallyport.resources.MapSchema;
import dev.sallyport.resources.MergeRule;
import dev.sallyport.resources.ObjectSchema;
import dev.sallyport.resources.StructSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Merges a patch's members into an object, in place. */
final class StructMerge {

  static final String DIRECTIVE = "$patch";
  private static final String RETAIN_KEYS = "$retainKeys";
  private static final String DELETE_FROM = "$deleteFromPrimitiveList/";
  private static final String ORDER = "$setElementOrder/";

  private StructMerge() {}

  /** The outcome: {@code target} itself, or a new object where the patch replaces it. */
  static ObjectNode merge(ObjectNode target, ObjectNode patch, @Nullable ObjectSchema schema) {
    JsonNode directive = patch.get(DIRECTIVE);
    if (directive != null) {
      switch (directive.asText()) {
        case "replace" -> {
          ObjectNode replacement = patch.deepCopy();
          replacement.remove(DIRECTIVE);
          return replacement;
        }
        case "delete" -> {
          return JsonNodeFactory.instance.objectNode();
        }
        case "merge" -> {}
        default -> throw bad("unknown patch type found: " + directive.asText());
      }
    }
    retainKeys(target, patch);
    for (Map.Entry<String, JsonNode> member : patch.properties()) {
      mergeMember(target, patch, member.getKey(), member.getValue(), schema);
    }
    return target;
  }

  private static void mergeMember(
      ObjectNode target,
      ObjectNode patch,
      String name,
      JsonNode value,
      @Nullable ObjectSchema schema) {
    if (name.equals(DIRECTIVE) || name.equals(RETAIN_KEYS)) {
      return;
    }
    if (name.startsWith(DELETE_FROM)) {
      deleteFromList(target, name.substring(DELETE_FROM.length()), value);
    } else if (name.startsWith(ORDER)) {
      String list = name.substring(ORDER.length());
      // With a list of the same name beside it, the order is part of that list's merge.
      if (!patch.has(list)) {
        mergeList(target, list, JsonNodeFactory.instance.arrayNode(), value, schema);
      }
    } else if (value.isNull()) {
      target.remove(name);
    } else if (value instanceof ObjectNode object) {
      mergeObject(target, name, object, schema);
    } else if (value instanceof ArrayNode array) {
      mergeList(target, name, array, patch.get(ORDER + name), schema);
    } else {
      target.set(name, value);
    }
  }

  private static void mergeObject(
      ObjectNode target, String name, ObjectNode value, @Nullable ObjectSchema schema) {
    boolean replaces = strategies(schema, name).contains("replace");
    ObjectNode current =
        !replaces && target.get(name) instanceof ObjectNode there
            ? there
            : JsonNodeFactory.instance.objectNode();
    boolean deletes = value.path(DIRECTIVE).asText().equals("delete");
    ObjectNode merged = merge(current, value, below(schema, name));
    if (deletes && merged.isEmpty()) {
      target.remove(name);
    } else {
      target.set(name, merged);
    }
  }

  private static void mergeList(
      ObjectNode target,
      String name,
      ArrayNode value,
      @Nullable JsonNode order,
      @Nullable ObjectSchema schema) {
    if (!strategies(schema, name).contains("merge")) {
      target.set(name, value.deepCopy());
      return;
    }
    ArrayNode current =
        target.get(name) instanceof ArrayNode there ? there : JsonNodeFactory.instance.arrayNode();
    ObjectSchema list = below(schema, name);
    ObjectSchema element = list instanceof ListSchema of ? of.element() : null;
    ListMerge merge = new ListMerge(rule(schema, name).patchMergeKey(), element);
    target.set(name, merge.merge(current, value, order instanceof ArrayNode o ? o : null));
  }

  private static void deleteFromList(ObjectNode target, String name, JsonNode values) {
    if (!(values instanceof ArrayNode removed)) {
      throw bad("invalid patch format of primitive list");
    }
    if (target.get(name) instanceof ArrayNode list) {
      ArrayNode kept = JsonNodeFactory.instance.arrayNode();
      for (JsonNode one : list) {
        if (!ListMerge.contains(removed, one)) {
          kept.add(one);
        }
      }
      target.set(name, kept);
    }
  }

  private static void retainKeys(ObjectNode target, ObjectNode patch) {
    JsonNode keys = patch.get(RETAIN_KEYS);
    if (keys == null) {
      return;
    }
    if (!(keys instanceof ArrayNode list)) {
      throw bad("invalid patch format of retainKeys");
    }
    Set<String> kept = new HashSet<>();
    for (JsonNode key : list) {
      kept.add(key.asText());
    }
    for (Map.Entry<String, JsonNode> member : patch.properties()) {
      String name = member.getKey();
      if (!name.startsWith("$") && !member.getValue().isNull() && !kept.contains(name)) {
        throw bad("invalid patch format of retainKeys");
      }
    }
    List<String> names = new ArrayList<>();
    target.fieldNames().forEachRemaining(names::add);
    names.removeAll(kept);
    target.remove(names);
  }

  private static @Nullable ObjectSchema below(@Nullable ObjectSchema schema, String name) {
    if (schema instanceof StructSchema struct) {
      FieldSchema field = struct.field(name);
      return field == null ? null : field.schema();
    }
    return schema instanceof MapSchema map ? map.value() : null;
  }

  private static MergeRule rule(@Nullable ObjectSchema schema, String name) {
    FieldSchema field = schema instanceof StructSchema struct ? struct.field(name) : null;
    return field == null ? MergeRule.DEFAULT : field.merge();
  }

  private static String strategies(@Nullable ObjectSchema schema, String name) {
    return rule(schema, name).patchStrategy();
  }

  static StatusException bad(String why) {
    return new StatusException(Status.badRequest(why));
  }
}

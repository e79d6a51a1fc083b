package dev.sallyport.resources.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@code schemas.txt} of the published OpenAPI documents, the protobuf descriptors and {@code
 * presence.txt}. {@link SchemaTableTest} says how to run it and keeps the outcome up to date.
 */
final class SchemaTableGenerator {

  static final Path OPENAPI = Path.of("src/main/resources/dev/sallyport/resources/openapi");
  private static final String PREFIX = "#/components/schemas/";

  /** Types that are scalars, or any JSON, to a walker; by short name. */
  private static final Map<String, String> SPECIAL =
      Map.ofEntries(
          Map.entry("meta.v1.Time", "t"),
          Map.entry("meta.v1.MicroTime", "m"),
          Map.entry("resource.Quantity", "q"),
          Map.entry("intstr.IntOrString", "x"),
          Map.entry("runtime.RawExtension", "a"),
          Map.entry("meta.v1.FieldsV1", "a"),
          Map.entry("meta.v1.Patch", "a"),
          Map.entry("apiextensions.v1.JSON", "a"),
          Map.entry("apiextensions.v1.JSONSchemaPropsOrArray", "u"),
          Map.entry("apiextensions.v1.JSONSchemaPropsOrBool", "v"),
          Map.entry("apiextensions.v1.JSONSchemaPropsOrStringArray", "w"));

  private final ObjectMapper mapper = new ObjectMapper();
  private final Map<String, JsonNode> schemas = new TreeMap<>();
  private final Map<String, Set<String>> kinds = new TreeMap<>();
  private final Map<String, String> presence = new HashMap<>();
  private final Set<String> unusedPresence = new TreeSet<>();
  private final ProtobufFacts protobuf = new ProtobufFacts(lines("protobuf-extra.txt"));

  static String shortName(String type) {
    String name = type.replace("io.k8s.", "").replace("apimachinery.pkg.", "");
    return name.replace("apiextensions-apiserver.pkg.", "")
        .replace("kube-aggregator.pkg.", "")
        .replace("apis.", "")
        .replace("api.", "")
        .replace("util.", "");
  }

  String generate() throws IOException {
    readPresence();
    readDocuments();
    StringBuilder out = new StringBuilder();
    out.append("# Made by SchemaTableGenerator; do not edit. Lines, separated by tabs:\n");
    out.append("# !TYPE and its kinds (group/version/kind); then one line per field:\n");
    out.append("# NAME TYPE PRESENCE PROTOBUF and options. See SchemaTable for the letters.\n");
    schemas.forEach((name, schema) -> type(out, name, schema));
    metadataOnly(out);
    if (!unusedPresence.isEmpty()) {
      throw new IllegalStateException("presence.txt names no field: " + unusedPresence);
    }
    return out.toString();
  }

  private void readPresence() {
    for (String line : lines("presence.txt")) {
      String[] words = line.split(" ");
      for (int i = 2; i < words.length; i++) {
        presence.put(words[1] + " " + words[i], words[0]);
        unusedPresence.add(words[1] + " " + words[i]);
      }
    }
  }

  private void readDocuments() throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(OPENAPI)) {
      files = found.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
    for (Path file : files) {
      for (Map.Entry<String, JsonNode> entry :
          mapper.readTree(file.toFile()).at("/components/schemas").properties()) {
        String name = entry.getKey();
        if (!SPECIAL.containsKey(shortName(name))) {
          schemas.put(name, entry.getValue());
          Set<String> own = kinds.computeIfAbsent(name, none -> new TreeSet<>());
          for (JsonNode kind : entry.getValue().path("x-kubernetes-group-version-kind")) {
            own.add(text(kind, "group") + "/" + text(kind, "version") + "/" + text(kind, "kind"));
          }
        }
      }
    }
  }

  private void type(StringBuilder out, String name, JsonNode schema) {
    out.append('!').append(name);
    kinds.getOrDefault(name, Set.of()).forEach(kind -> out.append('\t').append(kind));
    out.append('\n');
    Set<String> required = new HashSet<>();
    schema.path("required").forEach(field -> required.add(field.asText()));
    List<Row> rows = new ArrayList<>();
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      rows.add(row(name, property.getKey(), property.getValue(), required));
    }
    rows.sort(Comparator.comparing(Row::order).thenComparing(Row::name));
    rows.forEach(row -> out.append(row.line()).append('\n'));
  }

  private Row row(String owner, String name, JsonNode property, Set<String> required) {
    String type = typeCode(property);
    String path = protobuf.path(owner, name);
    StringBuilder options = new StringBuilder();
    if (required.contains(name)) {
      options.append("\treq");
    }
    option(options, "def", defaultValue(property));
    option(options, "enum", joined(property.path("enum")));
    option(options, "ps", text(property, "x-kubernetes-patch-strategy"));
    option(options, "mk", text(property, "x-kubernetes-patch-merge-key"));
    option(options, "lt", text(property, "x-kubernetes-list-type"));
    option(options, "lk", joined(property.path("x-kubernetes-list-map-keys")));
    option(options, "mt", mapType(property));
    char presence = presence(owner, name, property, type, required.contains(name));
    String line = name + "\t" + type + "\t" + presence + "\t" + path + options;
    return new Row(name, order(name, path), line);
  }

  private record Row(String name, int order, String line) {}

  private static int order(String name, String path) {
    if (name.equals("kind") && path.equals("-")) {
      return -2;
    }
    if (name.equals("apiVersion") && path.equals("-")) {
      return -1;
    }
    if (path.equals("-")) {
      return Integer.MAX_VALUE;
    }
    String[] steps = path.split("\\.");
    int order = 0;
    for (int i = 0; i < 3; i++) {
      order = order * 100 + (i < steps.length ? Integer.parseInt(steps[i]) : 0);
    }
    return order;
  }

  private String typeCode(JsonNode schema) {
    String reference = reference(schema);
    if (reference != null) {
      return SPECIAL.getOrDefault(shortName(reference), reference);
    }
    return switch (text(schema, "type")) {
      case "array" -> "[" + typeCode(schema.path("items"));
      case "object" ->
          schema.has("additionalProperties")
              ? "{" + typeCode(schema.path("additionalProperties"))
              : "a";
      case "string" -> text(schema, "format").equals("byte") ? "y" : "s";
      case "boolean" -> "b";
      case "integer" -> text(schema, "format").equals("int32") ? "i" : "l";
      case "number" -> "d";
      default -> throw new IllegalStateException("no type: " + schema);
    };
  }

  private static @Nullable String reference(JsonNode schema) {
    JsonNode reference = schema.has("allOf") ? schema.at("/allOf/0/$ref") : schema.path("$ref");
    return reference.isMissingNode() ? null : reference.asText().substring(PREFIX.length());
  }

  private char presence(
      String owner, String name, JsonNode property, String type, boolean required) {
    String key = shortName(owner) + " " + name;
    String told = presence.get(key);
    if (told != null) {
      unusedPresence.remove(key);
      return told.charAt(0);
    }
    JsonNode standard = property.path("default");
    if (type.length() > 1) {
      boolean list = type.charAt(0) == '[' || type.charAt(0) == '{';
      if (list) {
        return required ? 'a' : 'o';
      }
      return standard.isObject() ? 'a' : required ? 'n' : 'w';
    }
    return switch (type) {
      case "s" -> isZero(standard) ? 'a' : 'o';
      case "i", "l", "d", "b" -> isZero(standard) ? 'a' : required ? 'o' : 'w';
      case "y" -> required ? 'a' : 'o';
      default -> required ? 'a' : 'w';
    };
  }

  private static boolean isZero(JsonNode value) {
    return (value.isTextual() && value.asText().isEmpty())
        || (value.isNumber() && value.asDouble() == 0)
        || (value.isBoolean() && !value.asBoolean());
  }

  private static String defaultValue(JsonNode property) {
    JsonNode value = property.path("default");
    boolean empty = value.isObject() && value.isEmpty();
    return value.isMissingNode() || empty || isZero(value) ? "" : value.toString();
  }

  private String mapType(JsonNode property) {
    String own = text(property, "x-kubernetes-map-type");
    String reference = reference(property);
    JsonNode referred = reference == null ? null : schemas.get(reference);
    return !own.isEmpty() || referred == null ? own : text(referred, "x-kubernetes-map-type");
  }

  private static void option(StringBuilder out, String key, String value) {
    if (!value.isEmpty()) {
      out.append('\t').append(key).append('=').append(value);
    }
  }

  private static String joined(JsonNode list) {
    List<String> parts = new ArrayList<>();
    list.forEach(part -> parts.add(part.asText()));
    return String.join(",", parts);
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText("");
  }

  /** What clients that want nothing but metadata are answered; it stands in no document. */
  private static void metadataOnly(StringBuilder out) {
    String meta = "io.k8s.apimachinery.pkg.apis.meta.v1.";
    out.append('!')
        .append(meta)
        .append("PartialObjectMetadata\tmeta.k8s.io/v1/PartialObjectMetadata\n");
    out.append("kind\ts\to\t-\napiVersion\ts\to\t-\n");
    out.append("metadata\t").append(meta).append("ObjectMeta\ta\t1\n");
    out.append('!')
        .append(meta)
        .append("PartialObjectMetadataList\tmeta.k8s.io/v1/PartialObjectMetadataList\n");
    out.append("kind\ts\to\t-\napiVersion\ts\to\t-\n");
    out.append("metadata\t").append(meta).append("ListMeta\ta\t1\n");
    out.append("items\t[").append(meta).append("PartialObjectMetadata\ta\t2\treq\n");
  }

  private static List<String> lines(String resource) {
    try (InputStream in = SchemaTableGenerator.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}

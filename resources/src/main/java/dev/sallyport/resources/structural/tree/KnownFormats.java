package dev.sallyport.resources.structural.tree;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * The formats that are checked; all others are for documentation.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation">CustomResourceDefinitions:
 *     validation</a>
 */
public final class KnownFormats {

  private static final Set<String> OF_STRINGS =
      Set.of(
          "bsonobjectid",
          "uri",
          "email",
          "hostname",
          "ipv4",
          "ipv6",
          "cidr",
          "mac",
          "uuid",
          "uuid3",
          "uuid4",
          "uuid5",
          "isbn",
          "isbn10",
          "isbn13",
          "creditcard",
          "ssn",
          "hexcolor",
          "rgbcolor",
          "byte",
          "password",
          "date",
          "duration",
          "datetime",
          "quantity",
          "k8sshortname",
          "k8slongname");

  private KnownFormats() {}

  /** The format as the schema spells it, or "" when it is none of those known for its type. */
  static String effective(JsonNode schema) {
    String format = schema.path("format").asText();
    return format.isEmpty() || isKnown(schema, format) ? format : "";
  }

  private static boolean isKnown(JsonNode schema, String format) {
    // Before types are looked at, as an int-or-string names none and yet takes more than strings.
    if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
      return false;
    }
    return switch (schema.path("type").asText()) {
      case "", "string" -> OF_STRINGS.contains(normal(format));
      case "integer" -> format.equals("int32") || format.equals("int64");
      case "number" -> format.equals("float") || format.equals("double");
      default -> false;
    };
  }

  /** A format's name without dashes, by which it is known. */
  public static String normal(String format) {
    return format.replace("-", "");
  }
}

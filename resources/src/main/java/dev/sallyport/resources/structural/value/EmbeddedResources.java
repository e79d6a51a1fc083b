package dev.sallyport.resources.structural.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.StatusCause;
import dev.sallyport.resources.structural.tree.EmbeddedMetadata;
import dev.sallyport.resources.structural.tree.Place;
import dev.sallyport.resources.structural.tree.SchemaNode;
import dev.sallyport.resources.structural.tree.SchemaNode.Trait;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.MetadataValidation;
import dev.sallyport.resources.validation.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Whether resources inside of resources say what they are, and have sound metadata. Used once. */
public final class EmbeddedResources {
  private final Place place = new Place();
  private final List<StatusCause> causes = new ArrayList<>();

  private EmbeddedResources() {}

  /** Checks what is embedded in an object; the object's own metadata is not looked at. */
  public static List<StatusCause> check(SchemaNode schema, JsonNode object) {
    EmbeddedResources walk = new EmbeddedResources();
    walk.value(schema, object);
    return walk.causes;
  }

  private void value(SchemaNode schema, JsonNode value) {
    if (value instanceof ObjectNode object) {
      if (schema.is(Trait.EMBEDDED_RESOURCE)) {
        resource(object);
      }
      fields(schema, object);
    } else if (value.isArray() && schema.items() != null) {
      for (int i = 0; i < value.size(); i++) {
        int mark = place.index(i);
        value(schema.items(), value.get(i));
        place.back(mark);
      }
    }
  }

  private void fields(SchemaNode schema, ObjectNode object) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      SchemaNode property = schema.properties().get(field.getKey());
      SchemaNode member = property == null ? schema.values() : property;
      if (member != null && field.getValue().isContainerNode()) {
        int mark = property == null ? place.key(field.getKey()) : place.field(field.getKey());
        value(member, field.getValue());
        place.back(mark);
      }
    }
  }

  private void resource(ObjectNode object) {
    apiVersion(object.path("apiVersion"));
    kind(object.path("kind"));
    JsonNode metadata = object.get("metadata");
    if (metadata != null) {
      metadata(metadata);
    }
  }

  private void apiVersion(JsonNode value) {
    String field = place.path("apiVersion");
    if (!isText(value, field)) {
      return;
    }
    String text = value.textValue();
    if (text.chars().filter(c -> c == '/').count() > 1) {
      causes.add(Causes.invalid(field, value, "unexpected GroupVersion string: " + text));
    }
  }

  private void kind(JsonNode value) {
    String field = place.path("kind");
    if (!isText(value, field)) {
      return;
    }
    String text = value.textValue().toLowerCase(Locale.ROOT);
    List<String> faults = new ArrayList<>();
    if (text.length() > 63) {
      faults.add("must be no more than 63 characters");
    }
    if (!isIdentifier(text)) {
      faults.add(
          "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with"
              + " an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',"
              + "  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')");
    }
    if (!faults.isEmpty()) {
      causes.add(
          Causes.invalid(
              field,
              value,
              "may have mixed case, but should otherwise match: " + String.join(",", faults)));
    }
  }

  private static boolean isIdentifier(String text) {
    return text.charAt(0) >= 'a' && text.charAt(0) <= 'z' && Names.label(text).isEmpty();
  }

  private boolean isText(JsonNode value, String field) {
    if (value.isMissingNode() || (value.isTextual() && value.textValue().isEmpty())) {
      causes.add(Causes.required(field));
      return false;
    }
    if (!value.isTextual()) {
      causes.add(Causes.invalid(field, value, "must be a string"));
      return false;
    }
    return true;
  }

  private void metadata(JsonNode metadata) {
    String fault = metadata.isObject() ? EmbeddedMetadata.fault(metadata) : "must be an object";
    if (fault != null) {
      causes.add(Causes.invalid(place.path("metadata"), metadata, fault));
      return;
    }
    ObjectNode named = metadata.deepCopy();
    if (named.path("name").asText().isEmpty()) {
      // Templates need no name of their own.
      named.put("name", "unnamed");
    }
    Faults faults = new Faults();
    MetadataValidation.check(
        named, !named.path("namespace").asText().isEmpty(), Names::pathSegment, faults);
    for (StatusCause cause : faults.causes()) {
      causes.add(new StatusCause(cause.reason(), cause.message(), place.path(cause.field())));
    }
  }
}

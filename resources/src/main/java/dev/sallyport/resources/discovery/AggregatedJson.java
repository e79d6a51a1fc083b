package dev.sallyport.resources.discovery;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.ResourceGroup;
import dev.sallyport.resources.Subresource;
import java.io.IOException;
import java.util.List;

/**
 * Aggregated discovery: apidiscovery.k8s.io/v2 APIGroupDiscoveryList.
 *
 * @see <a
 *     href="https://github.com/kubernetes/enhancements/tree/master/keps/sig-api-machinery/3352-aggregated-discovery">KEP-3352</a>
 */
final class AggregatedJson {

  private AggregatedJson() {}

  static DiscoveryDocument of(List<ResourceGroup> groups) {
    return JsonDocument.of(
        json -> {
          json.writeStringField("kind", "APIGroupDiscoveryList");
          json.writeStringField("apiVersion", "apidiscovery.k8s.io/v2");
          json.writeObjectFieldStart("metadata");
          json.writeEndObject();
          json.writeArrayFieldStart("items");
          for (ResourceGroup group : groups) {
            group(json, group);
          }
          json.writeEndArray();
        });
  }

  private static void group(JsonGenerator json, ResourceGroup group) throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("metadata");
    if (!group.name().isEmpty()) {
      json.writeStringField("name", group.name());
    }
    json.writeEndObject();
    json.writeArrayFieldStart("versions");
    for (ResourceGroup.Version version : group.versions()) {
      json.writeStartObject();
      json.writeStringField("version", version.name());
      json.writeArrayFieldStart("resources");
      for (ResourceDefinition definition : version.resources()) {
        resource(json, definition);
      }
      json.writeEndArray();
      json.writeStringField("freshness", "Current");
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void resource(JsonGenerator json, ResourceDefinition definition)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("resource", definition.plural());
    responseKind(json, definition.kind(), definition.group());
    json.writeStringField("scope", definition.namespaced() ? "Namespaced" : "Cluster");
    json.writeStringField("singularResource", definition.singular());
    JsonDocument.strings(json, "verbs", definition.verbs());
    JsonDocument.stringsUnlessEmpty(json, "shortNames", definition.shortNames());
    JsonDocument.stringsUnlessEmpty(json, "categories", definition.categories());
    if (!definition.subresources().isEmpty()) {
      json.writeArrayFieldStart("subresources");
      for (Subresource subresource : definition.subresources()) {
        subresource(json, definition, subresource);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void subresource(
      JsonGenerator json, ResourceDefinition definition, Subresource subresource)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("subresource", subresource.name());
    responseKind(json, subresource.kind(), definition.group());
    JsonDocument.strings(json, "verbs", subresource.verbs());
    json.writeEndObject();
  }

  /** Group and version stand there only where they are not the resource's own. */
  private static void responseKind(JsonGenerator json, GroupVersionKind kind, String ownGroup)
      throws IOException {
    boolean own = kind.group().equals(ownGroup);
    json.writeObjectFieldStart("responseKind");
    json.writeStringField("group", own ? "" : kind.group());
    json.writeStringField("version", own ? "" : kind.version());
    json.writeStringField("kind", kind.kind());
    json.writeEndObject();
  }
}

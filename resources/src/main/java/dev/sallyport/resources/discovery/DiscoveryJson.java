package dev.sallyport.resources.discovery;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.ResourceGroup;
import dev.sallyport.resources.Subresource;
import java.io.IOException;
import java.util.List;

/** The documents of plain discovery: APIVersions, APIGroupList, APIGroup and APIResourceList. */
final class DiscoveryJson {

  private DiscoveryJson() {}

  static DiscoveryDocument legacyVersions(String serverAddress) {
    return JsonDocument.of(
        json -> {
          json.writeStringField("kind", "APIVersions");
          JsonDocument.strings(json, "versions", List.of("v1"));
          json.writeArrayFieldStart("serverAddressByClientCIDRs");
          json.writeStartObject();
          json.writeStringField("clientCIDR", "0.0.0.0/0");
          json.writeStringField("serverAddress", serverAddress);
          json.writeEndObject();
          json.writeEndArray();
        });
  }

  static DiscoveryDocument groupList(List<ResourceGroup> groups) {
    return JsonDocument.of(
        json -> {
          json.writeStringField("kind", "APIGroupList");
          json.writeStringField("apiVersion", "v1");
          json.writeArrayFieldStart("groups");
          for (ResourceGroup group : groups) {
            json.writeStartObject();
            groupMembers(json, group);
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  static DiscoveryDocument group(ResourceGroup group) {
    return JsonDocument.of(
        json -> {
          json.writeStringField("kind", "APIGroup");
          json.writeStringField("apiVersion", "v1");
          groupMembers(json, group);
        });
  }

  private static void groupMembers(JsonGenerator json, ResourceGroup group) throws IOException {
    json.writeStringField("name", group.name());
    json.writeArrayFieldStart("versions");
    for (ResourceGroup.Version version : group.versions()) {
      json.writeStartObject();
      versionMembers(json, group, version);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeObjectFieldStart("preferredVersion");
    versionMembers(json, group, group.versions().get(0));
    json.writeEndObject();
  }

  private static void versionMembers(
      JsonGenerator json, ResourceGroup group, ResourceGroup.Version version) throws IOException {
    json.writeStringField("groupVersion", groupVersion(group, version));
    json.writeStringField("version", version.name());
  }

  private static String groupVersion(ResourceGroup group, ResourceGroup.Version version) {
    return new GroupVersionKind(group.name(), version.name(), "").apiVersion();
  }

  static DiscoveryDocument resources(ResourceGroup group, ResourceGroup.Version version) {
    return JsonDocument.of(
        json -> {
          json.writeStringField("kind", "APIResourceList");
          // The core group's list has never said its own version, and clients do without.
          if (!group.name().isEmpty()) {
            json.writeStringField("apiVersion", "v1");
          }
          json.writeStringField("groupVersion", groupVersion(group, version));
          json.writeArrayFieldStart("resources");
          for (ResourceDefinition definition : version.resources()) {
            resource(json, definition);
            for (Subresource subresource : definition.subresources()) {
              subresource(json, definition, subresource);
            }
          }
          json.writeEndArray();
        });
  }

  private static void resource(JsonGenerator json, ResourceDefinition definition)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("name", definition.plural());
    json.writeStringField("singularName", definition.singular());
    json.writeBooleanField("namespaced", definition.namespaced());
    json.writeStringField("kind", definition.kind().kind());
    JsonDocument.strings(json, "verbs", definition.verbs());
    JsonDocument.stringsUnlessEmpty(json, "shortNames", definition.shortNames());
    JsonDocument.stringsUnlessEmpty(json, "categories", definition.categories());
    if (!definition.storageVersionHash().isEmpty()) {
      json.writeStringField("storageVersionHash", definition.storageVersionHash());
    }
    json.writeEndObject();
  }

  private static void subresource(
      JsonGenerator json, ResourceDefinition definition, Subresource subresource)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("name", definition.plural() + "/" + subresource.name());
    json.writeStringField("singularName", "");
    json.writeBooleanField("namespaced", definition.namespaced());
    GroupVersionKind kind = subresource.kind();
    if (!kind.group().equals(definition.group())) {
      json.writeStringField("group", kind.group());
      json.writeStringField("version", kind.version());
    }
    json.writeStringField("kind", kind.kind());
    JsonDocument.strings(json, "verbs", subresource.verbs());
    json.writeEndObject();
  }
}

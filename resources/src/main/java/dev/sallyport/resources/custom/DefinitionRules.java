package dev.sallyport.resources.custom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Names;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a CustomResourceDefinition must keep to; its versions have {@link VersionRules}. */
final class DefinitionRules {

  private DefinitionRules() {}

  static void check(ObjectNode definition, Faults faults) {
    JsonNode spec = definition.path("spec");
    String group = spec.path("group").asText();
    JsonNode names = spec.path("names");
    String name = definition.path("metadata").path("name").asText();
    if (!name.equals(names.path("plural").asText() + "." + group)) {
      faults.invalid("metadata.name", name, "must be spec.names.plural+\".\"+spec.group");
    }
    group(definition, group, faults);
    scope(spec.path("scope").asText(), faults);
    versions(spec.path("versions"), faults);
    ConversionRules.check(spec.path("conversion"), faults);
    names(names, faults);
    if (spec.path("preserveUnknownFields").asBoolean()) {
      faults.invalid(
          "spec.preserveUnknownFields",
          spec.path("preserveUnknownFields"),
          "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in"
              + " spec.versions[*].schema instead");
    }
  }

  private static void group(JsonNode definition, String group, Faults faults) {
    if (group.isEmpty()) {
      faults.required("spec.group", "");
      return;
    }
    label("spec.group", group, Names.subdomain(group), "", faults);
    if (group.indexOf('.') < 0) {
      faults.invalid("spec.group", group, "should be a domain with at least one dot");
    }
    if (ApprovalPolicy.isProtected(group)) {
      ApprovalPolicy.State approval = ApprovalPolicy.of(definition);
      String field = "metadata.annotations[" + ApprovalPolicy.ANNOTATION + "]";
      if (approval.reason().equals("MissingAnnotation")) {
        faults.required(field, approval.message());
      } else if (!approval.conformant() && !approval.bypassed()) {
        JsonNode given =
            definition.path("metadata").path("annotations").path(ApprovalPolicy.ANNOTATION);
        faults.invalid(field, given, approval.message());
      }
    }
  }

  private static void scope(String scope, Faults faults) {
    if (scope.isEmpty()) {
      faults.required("spec.scope", "");
    } else if (!scope.equals("Cluster") && !scope.equals("Namespaced")) {
      faults.unsupported("spec.scope", scope, "Cluster", "Namespaced");
    }
  }

  private static void versions(JsonNode versions, Faults faults) {
    Set<String> seen = new HashSet<>();
    boolean unique = true;
    int stored = 0;
    for (int i = 0; i < versions.size(); i++) {
      String name = versions.get(i).path("name").asText();
      label("spec.versions[" + i + "].name", name, Names.dns1035Label(name), "", faults);
      unique &= seen.add(name);
      stored += versions.get(i).path("storage").asBoolean() ? 1 : 0;
    }
    if (!unique) {
      faults.invalid("spec.versions", versions, "must contain unique version names");
    }
    if (stored != 1) {
      faults.invalid(
          "spec.versions", versions, "must have exactly one version marked as storage version");
    }
    new VersionRules(versions, faults).check();
  }

  private static void names(JsonNode names, Faults faults) {
    String plural = names.path("plural").asText();
    label("spec.names.plural", plural, Names.dns1035Label(plural), "", faults);
    String singular = names.path("singular").asText();
    if (!singular.isEmpty()) {
      label("spec.names.singular", singular, Names.dns1035Label(singular), "", faults);
    }
    List<String> lists = List.of("shortNames", "categories");
    for (String list : lists) {
      for (int i = 0; i < names.path(list).size(); i++) {
        String word = names.path(list).get(i).asText();
        label("spec.names." + list + "[" + i + "]", word, Names.dns1035Label(word), "", faults);
      }
    }
    for (String member : List.of("kind", "listKind")) {
      String kind = names.path(member).asText();
      label(
          "spec.names." + member,
          kind,
          Names.dns1035Label(kind.toLowerCase(Locale.ROOT)),
          "may have mixed case, but should otherwise match: ",
          faults);
    }
    if (names.path("kind").equals(names.path("listKind"))) {
      faults.invalid(
          "spec.names.listKind", names.path("listKind"), "kind and listKind may not be the same");
    }
  }

  /** One fault for all that is wrong with a word; an empty one is missing. */
  private static void label(
      String field, String word, List<String> wrong, String lead, Faults faults) {
    if (word.isEmpty()) {
      faults.required(field, "");
    } else if (!wrong.isEmpty()) {
      faults.invalid(field, word, lead + String.join(",", wrong));
    }
  }

  /** The version that is written now must be among those that were. */
  private static void storageVersion(JsonNode definition, Faults faults) {
    JsonNode stored = definition.path("status").path("storedVersions");
    for (JsonNode version : definition.path("spec").path("versions")) {
      String name = version.path("name").asText();
      if (version.path("storage").asBoolean() && !DefinitionNames.texts(stored).contains(name)) {
        faults.invalid("status.storedVersions", stored, "must have the storage version " + name);
      }
    }
  }

  private static void storedVersions(JsonNode definition, Faults faults) {
    Set<String> known = new HashSet<>();
    definition
        .path("spec")
        .path("versions")
        .forEach(version -> known.add(version.path("name").asText()));
    JsonNode stored = definition.path("status").path("storedVersions");
    if (stored.isEmpty()) {
      faults.invalid("status.storedVersions", stored, "must have at least one stored version");
    }
    for (int i = 0; i < stored.size(); i++) {
      String version = stored.get(i).asText();
      if (!known.contains(version)) {
        faults.invalid(
            "status.storedVersions[" + i + "]",
            version,
            "missing from spec.versions; %s was previously a storage version, and must remain in"
                    .formatted(version)
                + " spec.versions until a storage migration ensures no data remains persisted in"
                + " %s and removes %s from status.storedVersions".formatted(version, version));
      }
    }
  }

  static void checkUpdate(ObjectNode definition, ObjectNode old, Faults faults) {
    storedVersions(definition, faults);
    storageVersion(definition, faults);
    List<String> fixed = new ArrayList<>(List.of("group", "names.plural"));
    if (Conditions.holds(old, Conditions.ESTABLISHED)) {
      fixed.add("scope");
      fixed.add("names.kind");
    }
    for (String field : fixed) {
      String pointer = "/spec/" + field.replace('.', '/');
      JsonNode value = definition.at(pointer);
      if (!value.equals(old.at(pointer))) {
        faults.invalid("spec." + field, value, "field is immutable");
      }
    }
  }
}

package dev.sallyport.resources.kinds.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.NameRule;
import dev.sallyport.resources.validation.Names;
import java.util.Set;

/**
 * RoleBindings and ClusterRoleBindings: what they bind never changes, whom they bind may.
 *
 * @param namespaced whether it is a RoleBinding
 */
record RoleBindingStrategy(boolean namespaced) implements KindStrategy {

  private static final String GROUP = "rbac.authorization.k8s.io";

  @Override
  public NameRule nameRule() {
    return NameRule.PATH_SEGMENT;
  }

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.CREATE_ON_UPDATE);
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    ObjectNode roleRef = object.withObjectProperty("roleRef");
    if (roleRef.path("apiGroup").asText().isEmpty()) {
      roleRef.put("apiGroup", GROUP);
    }
    for (JsonNode subject : object.path("subjects")) {
      String kind = subject.path("kind").asText();
      boolean bare = subject.path("apiGroup").asText().isEmpty();
      if (bare && (kind.equals("User") || kind.equals("Group"))) {
        ((ObjectNode) subject).put("apiGroup", GROUP);
      }
    }
  }

  @Override
  public void prepareCreate(ObjectNode object) {}

  @Override
  public void validate(ObjectNode object, Faults faults) {
    JsonNode roleRef = object.path("roleRef");
    if (!roleRef.path("apiGroup").asText().equals(GROUP)) {
      faults.unsupported("roleRef.apiGroup", roleRef.path("apiGroup").asText(), GROUP);
    }
    roleKind(roleRef.path("kind").asText(), faults);
    String name = roleRef.path("name").asText();
    if (name.isEmpty()) {
      faults.required("roleRef.name", "");
    } else {
      faults.invalid("roleRef.name", name, Names.pathSegment(name));
    }
    JsonNode subjects = object.path("subjects");
    for (int i = 0; i < subjects.size(); i++) {
      subject(subjects.get(i), "subjects[" + i + "]", faults);
    }
  }

  private void roleKind(String kind, Faults faults) {
    if (kind.equals("ClusterRole") || (namespaced && kind.equals("Role"))) {
      return;
    }
    if (namespaced) {
      faults.unsupported("roleRef.kind", kind, "Role", "ClusterRole");
    } else {
      faults.unsupported("roleRef.kind", kind, "ClusterRole");
    }
  }

  private void subject(JsonNode subject, String field, Faults faults) {
    String name = subject.path("name").asText();
    String apiGroup = subject.path("apiGroup").asText();
    if (name.isEmpty()) {
      faults.required(field + ".name", "");
    }
    switch (subject.path("kind").asText()) {
      case "ServiceAccount" -> serviceAccount(subject, name, apiGroup, field, faults);
      case "User", "Group" -> {
        if (!apiGroup.equals(GROUP)) {
          faults.unsupported(field + ".apiGroup", apiGroup, GROUP);
        }
      }
      default ->
          faults.unsupported(
              field + ".kind", subject.path("kind").asText(), "ServiceAccount", "User", "Group");
    }
  }

  private void serviceAccount(
      JsonNode subject, String name, String apiGroup, String field, Faults faults) {
    if (!name.isEmpty()) {
      faults.invalid(field + ".name", name, Names.subdomain(name));
    }
    if (!apiGroup.isEmpty()) {
      faults.unsupported(field + ".apiGroup", apiGroup, "");
    }
    if (!namespaced && subject.path("namespace").asText().isEmpty()) {
      faults.required(field + ".namespace", "");
    }
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Faults faults) {
    JsonNode roleRef = object.path("roleRef");
    if (!roleRef.equals(old.path("roleRef"))) {
      // Shown with the names of the internal type's fields, as clients know the text.
      ObjectNode shown = object.objectNode();
      shown.put("APIGroup", roleRef.path("apiGroup").asText());
      shown.put("Kind", roleRef.path("kind").asText());
      shown.put("Name", roleRef.path("name").asText());
      faults.invalid("roleRef", shown, "cannot change roleRef");
    }
  }
}

package dev.sallyport.authz.objects;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.authz.PolicyRule;
import dev.sallyport.authz.Role;
import dev.sallyport.authz.RoleBinding;
import dev.sallyport.authz.RoleSubject;
import java.util.ArrayList;
import java.util.List;

/** Reads roles and bindings out of their objects. Pure. */
public final class RbacObjects {

  private RbacObjects() {}

  /** A Role or ClusterRole. */
  public static Role role(JsonNode object) {
    List<PolicyRule> rules = rules(object.path("rules"));
    boolean aggregated = object.hasNonNull("aggregationRule");
    return new Role(namespace(object), name(object), rules, aggregated);
  }

  public static List<PolicyRule> rules(JsonNode array) {
    List<PolicyRule> rules = new ArrayList<>(array.size());
    for (JsonNode rule : array) {
      rules.add(
          new PolicyRule(
              texts(rule.path("verbs")),
              texts(rule.path("apiGroups")),
              texts(rule.path("resources")),
              texts(rule.path("resourceNames")),
              texts(rule.path("nonResourceURLs"))));
    }
    return rules;
  }

  /** A RoleBinding or ClusterRoleBinding. */
  public static RoleBinding binding(JsonNode object) {
    JsonNode ref = object.path("roleRef");
    List<RoleSubject> subjects = new ArrayList<>();
    for (JsonNode subject : object.path("subjects")) {
      subjects.add(
          new RoleSubject(
              subject.path("kind").asText(),
              subject.path("namespace").asText(),
              subject.path("name").asText()));
    }
    return new RoleBinding(
        namespace(object),
        name(object),
        new RoleBinding.RoleRef(ref.path("kind").asText(), ref.path("name").asText()),
        subjects,
        object
            .path("metadata")
            .path("labels")
            .path(RoleBinding.FILTER_LISTS)
            .asText()
            .equals("true"));
  }

  public static String name(JsonNode object) {
    return object.path("metadata").path("name").asText();
  }

  public static String namespace(JsonNode object) {
    return object.path("metadata").path("namespace").asText();
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>(array.size());
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}

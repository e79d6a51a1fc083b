package dev.sallyport.authz.file;

import dev.sallyport.authz.PolicyRule;
import dev.sallyport.authz.Role;
import dev.sallyport.authz.RoleBinding;
import dev.sallyport.authz.RoleBinding.RoleRef;
import dev.sallyport.authz.RoleSubject;
import dev.sallyport.config.document.Fields;
import java.util.List;

/**
 * Reads the documents of one file. It is strict about fields: a misspelled resourceNames would
 * otherwise give away what it should restrict.
 */
final class ManifestReader {

  private static final String GROUP = "rbac.authorization.k8s.io";
  private static final String VERSION = GROUP + "/v1";

  private final List<Role> roles;
  private final List<RoleBinding> bindings;

  ManifestReader(List<Role> roles, List<RoleBinding> bindings) {
    this.roles = roles;
    this.bindings = bindings;
  }

  /** Takes one document, or what a List holds; its fields note what is wrong. */
  void object(Fields object) {
    String version = object.text("apiVersion");
    String kind = object.text("kind");
    if (version.equals("v1") && kind.equals("List")) {
      object.objects("items").forEach(this::object);
    } else if (version.startsWith(GROUP + "/")) {
      if (!version.equals(VERSION)) {
        object.fault("apiVersion", "\"" + version + "\" (expected: " + VERSION + ")");
      }
      rbac(kind, object);
    } else if (version.isEmpty() || kind.isEmpty()) {
      object.fault("has no apiVersion or no kind");
    }
  }

  private void rbac(String kind, Fields object) {
    switch (kind) {
      case "Role" -> role(object, true);
      case "ClusterRole" -> role(object, false);
      case "RoleBinding" -> binding(object, true);
      case "ClusterRoleBinding" -> binding(object, false);
      default ->
          object.fault(
              "kind",
              "\"" + kind + "\" (expected: Role, ClusterRole, RoleBinding or ClusterRoleBinding)");
    }
  }

  private void role(Fields object, boolean namespaced) {
    List<PolicyRule> rules =
        object.objects("rules").stream().map(rule -> rule(rule, namespaced)).toList();
    roles.add(new Role(namespace(object, namespaced), name(object), rules, false));
    object.finish();
  }

  private static PolicyRule rule(Fields rule, boolean namespaced) {
    PolicyRule read =
        new PolicyRule(
            rule.texts("verbs"),
            rule.texts("apiGroups"),
            rule.texts("resources"),
            rule.texts("resourceNames"),
            rule.texts("nonResourceURLs"));
    boolean paths = !read.nonResourceUrls().isEmpty();
    boolean resources = !read.apiGroups().isEmpty() && !read.resources().isEmpty();
    if (read.verbs().isEmpty()) {
      rule.fault("verbs", "missing");
    }
    if (paths == resources || (paths && !read.resourceNames().isEmpty())) {
      rule.fault("needs either apiGroups and resources, or nonResourceURLs");
    }
    if (paths && namespaced) {
      rule.fault("nonResourceURLs", "not in a Role (expected: in a ClusterRole)");
    }
    return read;
  }

  private void binding(Fields object, boolean namespaced) {
    List<RoleSubject> subjects =
        object.objects("subjects").stream().map(ManifestReader::subject).toList();
    bindings.add(
        new RoleBinding(
            namespace(object, namespaced),
            name(object),
            roleRef(object, namespaced),
            subjects,
            filtersLists(object)));
    object.finish();
  }

  private static boolean filtersLists(Fields object) {
    return object.part("metadata").part("labels").text(RoleBinding.FILTER_LISTS).equals("true");
  }

  private static RoleRef roleRef(Fields object, boolean namespaced) {
    Fields ref = object.object("roleRef");
    groupOf(ref);
    RoleRef read = new RoleRef(ref.text("kind"), ref.text("name"));
    boolean known =
        read.kind().equals(RoleRef.CLUSTER_ROLE)
            || (namespaced && read.kind().equals(RoleRef.ROLE));
    if (!known || read.name().isEmpty()) {
      ref.fault(
          namespaced
              ? "needs kind Role or ClusterRole, and a name"
              : "needs kind ClusterRole, and a name");
    }
    return read;
  }

  private static RoleSubject subject(Fields subject) {
    groupOf(subject);
    RoleSubject read =
        new RoleSubject(subject.text("kind"), subject.text("namespace"), subject.text("name"));
    boolean known =
        switch (read.kind()) {
          case RoleSubject.USER, RoleSubject.GROUP, RoleSubject.SERVICE_ACCOUNT -> true;
          default -> false;
        };
    if (!known || read.name().isEmpty()) {
      subject.fault("needs kind User, Group or ServiceAccount, and a name");
    }
    return read;
  }

  /** The kind says it already; the field only has to be a text. */
  private static void groupOf(Fields reference) {
    var unused = reference.text("apiGroup");
  }

  private static String name(Fields object) {
    String name = object.part("metadata").text("name");
    if (name.isEmpty()) {
      object.fault("metadata.name", "missing");
    }
    return name;
  }

  private static String namespace(Fields object, boolean namespaced) {
    String namespace = object.part("metadata").text("namespace");
    if (namespaced && namespace.isEmpty()) {
      object.fault("metadata.namespace", "missing");
    }
    return namespaced ? namespace : "";
  }
}

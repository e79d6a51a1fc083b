package dev.sallyport.audit.policy;

import dev.sallyport.audit.AuditPolicy;
import dev.sallyport.audit.Judgement;
import dev.sallyport.audit.Level;
import dev.sallyport.audit.Stage;
import dev.sallyport.config.document.ConfigDocuments;
import dev.sallyport.config.document.Fields;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads a file with one Policy of audit.k8s.io/v1, YAML or JSON. A misspelt field would silently
 * write more or less than was meant, so it is a fault like every other.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/#audit-k8s-io-v1-Policy">Policy</a>
 */
public final class PolicyFile {

  private static final String VERSION = "audit.k8s.io/v1";

  private PolicyFile() {}

  /**
   * @throws InvalidFileException with all faults of the file
   */
  public static AuditPolicy parse(List<FileContent> files) throws InvalidFileException {
    FileContent file = files.get(0);
    List<String> faults = new ArrayList<>();
    List<Fields> documents = ConfigDocuments.read(file, faults);
    if (documents.size() != 1) {
      throw new InvalidFileException(
          file.file(), "holds " + documents.size() + " documents (expected: one Policy)");
    }
    AuditPolicy policy = policy(documents.get(0));
    documents.get(0).finish();
    if (!faults.isEmpty()) {
      throw new InvalidFileException(file.file(), faults);
    }
    return policy;
  }

  private static AuditPolicy policy(Fields document) {
    expect(document, "apiVersion", VERSION);
    expect(document, "kind", "Policy");
    metadata(document.object("metadata"));
    Set<Stage> omitStages = stages(document);
    boolean omitManagedFields = document.bool("omitManagedFields").orElse(false);
    List<PolicyRule> rules = new ArrayList<>();
    for (Fields rule : document.objects("rules")) {
      rules.add(rule(rule, omitStages, omitManagedFields));
    }
    if (rules.isEmpty()) {
      document.fault("rules", "there is none (expected: at least one)");
    }
    return new RulePolicy(rules);
  }

  private static void expect(Fields document, String field, String value) {
    String given = document.text(field);
    if (!given.equals(value)) {
      document.fault(field, "\"" + given + "\" (expected: " + value + ")");
    }
  }

  /** A policy is an object, and people give it a name; nothing comes of it. */
  private static void metadata(Fields metadata) {
    for (String field : List.of("name", "labels", "annotations", "creationTimestamp")) {
      var unused = metadata.has(field);
    }
  }

  private static PolicyRule rule(Fields rule, Set<Stage> allOmit, boolean allOmitManaged) {
    Set<Stage> omitStages = EnumSet.noneOf(Stage.class);
    omitStages.addAll(allOmit);
    omitStages.addAll(stages(rule));
    Judgement judgement =
        new Judgement(
            level(rule), omitStages, rule.bool("omitManagedFields").orElse(allOmitManaged));
    Set<String> namespaces = new HashSet<>(rule.texts("namespaces"));
    List<ResourcePattern> resources = new ArrayList<>();
    for (Fields each : rule.objects("resources")) {
      resources.add(resources(each));
    }
    List<String> paths = rule.texts("nonResourceURLs");
    checkPaths(rule, paths);
    if (!paths.isEmpty() && !(namespaces.isEmpty() && resources.isEmpty())) {
      rule.fault(
          "nonResourceURLs", "stands beside resources or namespaces (expected: a rule each)");
    }
    return new PolicyRule(
        judgement,
        new HashSet<>(rule.texts("users")),
        new HashSet<>(rule.texts("userGroups")),
        new HashSet<>(rule.texts("verbs")),
        namespaces,
        resources,
        paths);
  }

  private static Level level(Fields rule) {
    String text = rule.text("level");
    for (Level level : Level.values()) {
      if (level.text().equals(text)) {
        return level;
      }
    }
    rule.fault("level", "\"" + text + "\" (expected: None, Metadata, Request or RequestResponse)");
    return Level.NONE;
  }

  private static Set<Stage> stages(Fields fields) {
    Set<Stage> stages = EnumSet.noneOf(Stage.class);
    for (String text : fields.texts("omitStages")) {
      Stage found = null;
      for (Stage stage : Stage.values()) {
        if (stage.text().equals(text)) {
          found = stage;
        }
      }
      if (found == null) {
        fields.fault(
            "omitStages",
            "\""
                + text
                + "\" (expected: RequestReceived, ResponseStarted, ResponseComplete or Panic)");
      } else {
        stages.add(found);
      }
    }
    return stages;
  }

  private static ResourcePattern resources(Fields fields) {
    String group = fields.text("group");
    List<String> resources = fields.texts("resources");
    Set<String> names = new HashSet<>(fields.texts("resourceNames"));
    if (!groupName(group)) {
      fields.fault("group", "\"" + group + "\" (expected: a group's name without a version)");
    }
    if (!names.isEmpty() && resources.isEmpty()) {
      fields.fault("resourceNames", "stands without resources (expected: at least one)");
    }
    return new ResourcePattern(group, resources, names);
  }

  private static boolean groupName(String group) {
    for (int i = 0; i < group.length(); i++) {
      char c = group.charAt(i);
      boolean inner = c == '-' || c == '.';
      boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (!alphanumeric && (!inner || i == 0 || i == group.length() - 1)) {
        return false;
      }
    }
    return group.length() <= 253;
  }

  private static void checkPaths(Fields rule, List<String> paths) {
    for (String path : paths) {
      int star = path.indexOf('*');
      if (!path.equals("*") && !path.startsWith("/")) {
        rule.fault(
            "nonResourceURLs", "\"" + path + "\" (expected: a path that begins with /, or *)");
      } else if (star >= 0 && star != path.length() - 1) {
        rule.fault("nonResourceURLs", "\"" + path + "\" (expected: * at the end only)");
      }
    }
  }
}

package dev.sallyport.resources.kinds.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.validation.Field;

/**
 * What pods and the templates of pods in other kinds have in common: defaults and rules. Stateless;
 * any thread.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/">Pod</a>
 */
public final class PodTemplates {

  private PodTemplates() {}

  /** Fills in what a template (metadata and spec) leaves out. */
  public static void applyDefaults(ObjectNode template) {
    template.withObjectProperty("spec");
  }

  /**
   * Checks a template: its labels and annotations and the pod's specification.
   *
   * @param template at its place, such as {@code spec.template}
   */
  public static void validate(Field template) {
    template.at("metadata", "labels").labels();
    template.at("metadata", "annotations").annotations();
    template.at("spec", "containers").given();
  }

  /**
   * As {@link #validate}, and that the template's restart policy is one of those that its kind
   * allows.
   */
  public static void validate(Field template, String... restartPolicies) {
    validate(template);
    template.at("spec", "restartPolicy").oneOfIfSet(restartPolicies);
  }

  /**
   * Whether two templates ask for the same pods. For kinds whose template may not change.
   *
   * @param old may be missing
   */
  public static boolean same(JsonNode template, JsonNode old) {
    return template.equals(old);
  }
}

package dev.sallyport.resources.kinds.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.validation.Field;

/**
 * The templates of pods that other kinds hold: defaults and rules. Stateless; any thread.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/">Pod</a>
 */
public final class PodTemplates {

  private PodTemplates() {}

  /** Fills in what a template (metadata and spec) leaves out. */
  public static void applyDefaults(ObjectNode template) {
    PodDefaults.spec(template.withObjectProperty("spec"));
  }

  /**
   * Checks a template: its labels and annotations and the pod's specification.
   *
   * @param template at its place, such as {@code spec.template}
   */
  public static void validate(Field template) {
    // Their faults name no metadata, as clients know them.
    Field metadata = template.at("metadata");
    template.at("labels").with(metadata.at("labels").node()).labels();
    template.at("annotations").with(metadata.at("annotations").node()).annotations();
    PodSpecRules.check(template.at("spec"), false);
    if (!template.at("spec", "ephemeralContainers").isEmpty()) {
      template
          .at("spec", "ephemeralContainers")
          .forbidden("ephemeral containers not allowed in pod template");
    }
  }

  /**
   * As {@link #validate(Field)}, and that the template's restart policy is one of those that its
   * kind allows.
   */
  public static void validate(Field template, String... restartPolicies) {
    validate(template);
    template.at("spec", "restartPolicy").oneOfIfSet(restartPolicies);
  }

  /** Whether two templates ask for the same pods; for kinds whose template may not change. */
  public static boolean same(JsonNode template, JsonNode old) {
    return template.equals(old);
  }
}

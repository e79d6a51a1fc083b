package dev.sallyport.resources.custom;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;

/**
 * Who may define kinds in the community's own groups: those whom an annotation says to be approved.
 *
 * @see <a
 *     href="https://github.com/kubernetes/enhancements/tree/master/keps/sig-api-machinery/2337-k8s.io-group-protection">KEP-2337</a>
 */
final class ApprovalPolicy {

  static final String ANNOTATION = "api-approved.kubernetes.io";

  private static final String WHERE = ", see https://github.com/kubernetes/enhancements/pull/1111";

  /**
   * What the annotation says.
   *
   * @param conformant whether by the address of an approval
   * @param bypassed whether by a reason why there is none
   */
  record State(boolean conformant, boolean bypassed, String reason, String message) {}

  private ApprovalPolicy() {}

  static boolean isProtected(String group) {
    return group.equals("k8s.io")
        || group.endsWith(".k8s.io")
        || group.equals("kubernetes.io")
        || group.endsWith(".kubernetes.io");
  }

  static State of(JsonNode definition) {
    String annotation = definition.path("metadata").path("annotations").path(ANNOTATION).asText();
    String rule = "protected groups must have approval annotation \"" + ANNOTATION + "\"";
    if (annotation.isEmpty()) {
      return new State(false, false, "MissingAnnotation", rule + WHERE);
    }
    if (annotation.startsWith("unapproved")) {
      return new State(false, true, "UnapprovedAnnotation", "not approved: \"" + annotation + "\"");
    }
    if (isUrl(annotation)) {
      return new State(true, false, "ApprovedAnnotation", "approved in " + annotation);
    }
    return new State(
        false,
        false,
        "InvalidAnnotation",
        rule + " with either a URL or a reason starting with \"unapproved\"" + WHERE);
  }

  /** Whether the definition's condition says what its annotation does. */
  static boolean isTold(JsonNode definition) {
    JsonNode condition = Conditions.find(definition, Conditions.APPROVED);
    return condition != null && condition.path("message").asText().equals(of(definition).message());
  }

  private static boolean isUrl(String text) {
    try {
      URI url = URI.create(text);
      return url.getScheme() != null && url.getHost() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}

package dev.sallyport.authz.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Attributes;
import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.SelectorRequirement;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authz.AuthorizationResult;
import dev.sallyport.authz.Decision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A SubjectAccessReview as it is asked and answered.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/webhook/">Kubernetes:
 *     Webhook mode</a>
 */
final class AccessReview {

  private static final int LONGEST_REASON = 4096;

  private AccessReview() {}

  /**
   * @param version v1 or v1beta1, which differ in the name of one field
   */
  static ObjectNode question(String version, Attributes attributes) {
    ObjectNode review = JsonNodeFactory.instance.objectNode();
    review.put("kind", "SubjectAccessReview");
    review.put("apiVersion", "authorization.k8s.io/" + version);
    review.putObject("metadata").putNull("creationTimestamp");
    ObjectNode spec = review.putObject("spec");
    RequestInfo request = attributes.request();
    if (request.resourceRequest()) {
      resource(spec.putObject("resourceAttributes"), request);
    } else {
      ObjectNode path = spec.putObject("nonResourceAttributes");
      text(path, "path", request.path());
      text(path, "verb", request.verb());
    }
    subject(spec, attributes.user(), version.equals("v1") ? "groups" : "group");
    review.putObject("status").put("allowed", false);
    return review;
  }

  private static void resource(ObjectNode node, RequestInfo request) {
    text(node, "namespace", request.namespace());
    text(node, "verb", request.verb());
    text(node, "group", request.apiGroup());
    text(node, "version", request.apiVersion());
    text(node, "resource", request.resource());
    text(node, "subresource", request.subresource());
    text(node, "name", request.name());
    selector(node, "fieldSelector", request.selectors().fields());
    selector(node, "labelSelector", request.selectors().labels());
  }

  private static void selector(
      ObjectNode node, String field, List<SelectorRequirement> requirements) {
    if (requirements.isEmpty()) {
      return;
    }
    ArrayNode array = node.putObject(field).putArray("requirements");
    for (SelectorRequirement requirement : requirements) {
      ObjectNode each = array.addObject();
      each.put("key", requirement.key()).put("operator", requirement.operator());
      if (!requirement.values().isEmpty()) {
        texts(each.putArray("values"), requirement.values());
      }
    }
  }

  private static void subject(ObjectNode spec, UserInfo user, String groupsField) {
    text(spec, "user", user.name());
    if (!user.groups().isEmpty()) {
      texts(spec.putArray(groupsField), user.groups());
    }
    if (!user.extra().isEmpty()) {
      ObjectNode extra = spec.putObject("extra");
      user.extra().forEach((key, values) -> texts(extra.putArray(key), values));
    }
    text(spec, "uid", user.uid());
  }

  private static void text(ObjectNode node, String field, String value) {
    if (!value.isEmpty()) {
      node.put(field, value);
    }
  }

  private static void texts(ArrayNode array, List<String> values) {
    values.forEach(array::add);
  }

  /** The answered status as a decision, or null when it is malformed. */
  static @Nullable AuthorizationResult decision(JsonNode status) {
    JsonNode allowed = status.path("allowed");
    JsonNode denied = status.path("denied");
    String reason = oneReason(status.path("reason").asText());
    if (!flag(allowed) || !flag(denied)) {
      return null;
    }
    if (denied.asBoolean()) {
      return allowed.asBoolean()
          ? new AuthorizationResult(
              Decision.DENY,
              reason,
              "webhook subject access review returned both allow and deny response")
          : AuthorizationResult.deny(reason);
    }
    return allowed.asBoolean()
        ? AuthorizationResult.allow(reason)
        : new AuthorizationResult(Decision.NO_OPINION, reason, null);
  }

  private static boolean flag(JsonNode node) {
    return node.isMissingNode() || node.isNull() || node.isBoolean();
  }

  private static String oneReason(String reason) {
    return reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason;
  }
}

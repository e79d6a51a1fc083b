package dev.sallyport.authn.token.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.Audiences;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A TokenReview as it is asked and answered.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/kubernetes-api/authentication-resources/token-review-v1/">TokenReview</a>
 */
final class TokenReviewWords {

  private TokenReviewWords() {}

  static ObjectNode question(String version, String token, Audiences audiences) {
    ObjectNode review = JsonNodeFactory.instance.objectNode();
    review.put("kind", "TokenReview");
    review.put("apiVersion", "authentication.k8s.io/" + version);
    review.putObject("metadata").putNull("creationTimestamp");
    ObjectNode spec = review.putObject("spec");
    spec.put("token", token);
    if (!audiences.names().isEmpty()) {
      ArrayNode names = spec.putArray("audiences");
      audiences.names().forEach(names::add);
    }
    review.putObject("status").putObject("user");
    return review;
  }

  /** Whom the webhook names, or null when a part of it is not of the form that it must have. */
  static @Nullable UserInfo user(JsonNode user) {
    String name = text(user.path("username"));
    String uid = text(user.path("uid"));
    List<String> groups = texts(user.path("groups"));
    Map<String, List<String>> extra = extra(user.path("extra"));
    return name == null || uid == null || groups == null || extra == null
        ? null
        : new UserInfo(name, uid, groups, extra);
  }

  private static @Nullable Map<String, List<String>> extra(JsonNode node) {
    if (!absent(node) && !node.isObject()) {
      return null;
    }
    Map<String, List<String>> extra = new HashMap<>();
    for (Map.Entry<String, JsonNode> each : node.properties()) {
      List<String> values = texts(each.getValue());
      if (values == null) {
        return null;
      }
      extra.put(each.getKey(), values);
    }
    return extra;
  }

  /** The texts of a list, empty when it is missing; null when it is something else. */
  static @Nullable List<String> texts(JsonNode node) {
    if (!absent(node) && !node.isArray()) {
      return null;
    }
    List<String> texts = new ArrayList<>(node.size());
    for (JsonNode each : node) {
      if (!each.isTextual()) {
        return null;
      }
      texts.add(each.textValue());
    }
    return texts;
  }

  private static @Nullable String text(JsonNode node) {
    return absent(node) ? "" : node.textValue();
  }

  private static boolean absent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }
}

package dev.sallyport.server.endpoint.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.UserInfo;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The pieces that reviews are answered in. */
final class AnsweredReview {

  private AnsweredReview() {}

  /** A new object with the kind, version and metadata of what was asked. */
  static ObjectNode of(ObjectNode asked, ObjectNode metadata) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.set("kind", asked.path("kind"));
    answer.set("apiVersion", asked.path("apiVersion"));
    answer.set("metadata", metadata);
    return answer;
  }

  /** The metadata that was sent, or an empty one. */
  static ObjectNode metadata(ObjectNode asked) {
    return asked.get("metadata") instanceof ObjectNode sent
        ? sent.deepCopy()
        : JsonNodeFactory.instance.objectNode();
  }

  /** A user as authentication.k8s.io writes it; what is empty is left out. */
  static ObjectNode user(UserInfo user) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    put(node, "username", user.name());
    put(node, "uid", user.uid());
    if (!user.groups().isEmpty()) {
      texts(node, "groups", user.groups());
    }
    if (!user.extra().isEmpty()) {
      ObjectNode extra = node.putObject("extra");
      new TreeMap<>(user.extra()).forEach((key, values) -> texts(extra, key, values));
    }
    return node;
  }

  static void texts(ObjectNode node, String member, List<String> values) {
    values.forEach(node.putArray(member)::add);
  }

  /** The texts of an array member; empty when it is missing. */
  static List<String> texts(JsonNode node) {
    List<String> values = new ArrayList<>(node.size());
    node.forEach(value -> values.add(value.asText()));
    return values;
  }

  static String timestamp(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static void put(ObjectNode node, String member, String value) {
    if (!value.isEmpty()) {
      node.put(member, value);
    }
  }
}

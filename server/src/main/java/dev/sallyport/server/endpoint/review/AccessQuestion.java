package dev.sallyport.server.endpoint.review;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.UserInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What an access review's spec asks, in the words the authorizers know. */
final class AccessQuestion {

  private AccessQuestion() {}

  /** Whom a SubjectAccessReview asks about; nothing is added to the groups that it names. */
  static UserInfo subject(JsonNode spec) {
    Map<String, List<String>> extra = new HashMap<>();
    spec.path("extra")
        .properties()
        .forEach(entry -> extra.put(entry.getKey(), texts(entry.getValue())));
    return new UserInfo(
        spec.path("user").asText(), spec.path("uid").asText(), texts(spec.path("groups")), extra);
  }

  static RequestInfo request(JsonNode spec) {
    JsonNode path = spec.get("nonResourceAttributes");
    if (path != null) {
      return RequestInfo.ofPath(path.path("verb").asText(), path.path("path").asText());
    }
    JsonNode resource = spec.path("resourceAttributes");
    String version = resource.path("version").asText();
    return RequestInfo.ofResource(
        resource.path("verb").asText(),
        resource.path("group").asText(),
        version.isEmpty() ? "*" : version,
        resource.path("namespace").asText(),
        resource.path("resource").asText(),
        resource.path("subresource").asText(),
        resource.path("name").asText());
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>(array.size());
    array.forEach(element -> texts.add(element.asText()));
    return texts;
  }
}

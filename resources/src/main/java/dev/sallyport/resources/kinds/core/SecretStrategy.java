package dev.sallyport.resources.kinds.core;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Names;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * Secrets: {@code stringData} becomes data, the type decides which keys must be there, at most 1
 * MiB, immutable if they say so.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/configuration/secret/#secret-types">Types of
 *     Secret</a>
 */
final class SecretStrategy implements KindStrategy {

  private static final JsonMapper MAPPER = new JsonMapper();

  @Override
  public void applyDefaults(ObjectNode object) {
    if (object.remove("stringData") instanceof ObjectNode texts && !texts.isEmpty()) {
      ObjectNode data = object.withObjectProperty("data");
      for (Map.Entry<String, JsonNode> text : texts.properties()) {
        byte[] bytes = text.getValue().asText().getBytes(StandardCharsets.UTF_8);
        data.put(text.getKey(), Base64.getEncoder().encodeToString(bytes));
      }
    }
    if (object.path("type").asText().isEmpty()) {
      object.put("type", "Opaque");
    }
  }

  @Override
  public void prepareCreate(ObjectNode object) {}

  @Override
  public void prepareUpdate(ObjectNode object, ObjectNode old) {
    if (object.path("type").asText().isEmpty()) {
      KindStrategy.keep("type", object, old);
    }
  }

  @Override
  public void validate(ObjectNode object, Faults faults) {
    long size = 0;
    for (Map.Entry<String, JsonNode> entry : object.path("data").properties()) {
      faults.invalid(
          "data[" + entry.getKey() + "]", entry.getKey(), Names.configKey(entry.getKey()));
      size += Contents.base64(entry.getValue().asText());
    }
    if (size > ConfigMapStrategy.MAX_SIZE) {
      faults.tooLong("data", ConfigMapStrategy.MAX_SIZE);
    }
    JsonNode data = object.path("data");
    switch (object.path("type").asText()) {
      case "kubernetes.io/service-account-token" -> serviceAccount(object, faults);
      case "kubernetes.io/dockercfg" -> config(data, ".dockercfg", faults);
      case "kubernetes.io/dockerconfigjson" -> config(data, ".dockerconfigjson", faults);
      case "kubernetes.io/basic-auth" -> basicAuth(data, faults);
      case "kubernetes.io/ssh-auth" -> present(data, "ssh-privatekey", faults);
      case "kubernetes.io/tls" -> {
        present(data, "tls.crt", faults);
        present(data, "tls.key", faults);
      }
      default -> {}
    }
  }

  private static void serviceAccount(ObjectNode object, Faults faults) {
    String annotation = "kubernetes.io/service-account.name";
    if (object.path("metadata").path("annotations").path(annotation).asText().isEmpty()) {
      faults.required("metadata.annotations[" + annotation + "]", "");
    }
  }

  private static void basicAuth(JsonNode data, Faults faults) {
    if (!data.has("username") && !data.has("password")) {
      faults.required("data[username]", "");
      faults.required("data[password]", "");
    }
  }

  private static void present(JsonNode data, String key, Faults faults) {
    if (!data.has(key)) {
      faults.required("data[" + key + "]", "");
    }
  }

  private static void config(JsonNode data, String key, Faults faults) {
    if (!data.has(key)) {
      faults.required("data[" + key + "]", "");
      return;
    }
    String text =
        new String(Base64.getDecoder().decode(data.path(key).asText()), StandardCharsets.UTF_8);
    try {
      MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      faults.invalid("data[" + key + "]", "<secret contents redacted>", e.getOriginalMessage());
    }
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Faults faults) {
    if (!object.path("type").equals(old.path("type"))) {
      faults.invalid("type", object.path("type").asText(), "field is immutable");
    }
    if (!old.path("immutable").asBoolean()) {
      return;
    }
    if (!object.path("immutable").asBoolean()) {
      faults.forbidden("immutable", Contents.FROZEN);
    }
    if (!Contents.same(object, old, "data")) {
      faults.forbidden("data", Contents.FROZEN);
    }
  }
}

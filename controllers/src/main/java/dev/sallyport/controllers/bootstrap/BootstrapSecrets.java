package dev.sallyport.controllers.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.api.bootstrap.BootstrapSecret;
import dev.sallyport.controllers.ObjectClient.ResourceId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Secrets read as keepers of bootstrap tokens. */
public final class BootstrapSecrets {
  public static final ResourceId SECRETS = new ResourceId("", "secrets");

  private BootstrapSecrets() {}

  /** What a Secret says; a value that is no Base64 is left out, as if it were not there. */
  public static BootstrapSecret read(JsonNode secret) {
    Map<String, String> data = new HashMap<>();
    secret
        .path("data")
        .fields()
        .forEachRemaining(entry -> put(data, entry.getKey(), entry.getValue().asText()));
    JsonNode metadata = secret.path("metadata");
    return new BootstrapSecret(
        metadata.path("name").asText(),
        secret.path("type").asText(),
        metadata.hasNonNull("deletionTimestamp"),
        data);
  }

  private static void put(Map<String, String> data, String key, String encoded) {
    try {
      byte[] value = Base64.getDecoder().decode(encoded);
      data.put(key, new String(value, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      // The API takes no such value; whoever wrote it past the API keeps no token by it.
      data.remove(key);
    }
  }

  /** Whether it is one that may keep a bootstrap token: its place and type say so. */
  static boolean keepsToken(JsonNode secret) {
    return BootstrapSecret.TYPE.equals(secret.path("type").textValue())
        && BootstrapSecret.NAMESPACE.equals(secret.path("metadata").path("namespace").textValue());
  }
}

package dev.sallyport.junit;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Documents of YAML, applied one by one. */
record Manifests(Api api) {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long PAUSE_MILLIS = 20;

  void apply(String yaml) {
    for (String text : documents(yaml)) {
      Object content = new Load(LoadSettings.builder().build()).loadFromString(text);
      if (content instanceof Map<?, ?> object) {
        apply(object, text);
      } else if (content != null) {
        throw new IllegalArgumentException("no Kubernetes object: " + text);
      }
    }
  }

  /** Split, not parsed and written again: the server reads what the test says. */
  private static List<String> documents(String yaml) {
    List<String> documents = new ArrayList<>();
    StringBuilder document = new StringBuilder();
    for (String line : yaml.lines().toList()) {
      if (line.equals("---") || line.startsWith("--- ")) {
        documents.add(document.toString());
        document.setLength(0);
      } else {
        document.append(line).append('\n');
      }
    }
    documents.add(document.toString());
    return documents;
  }

  private void apply(Map<?, ?> object, String text) {
    String apiVersion = text(object, "apiVersion");
    String kind = text(object, "kind");
    JsonNode resource =
        resource(apiVersion, "kind", kind)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the server does not serve " + kind + " of " + apiVersion));
    Map<?, ?> metadata = object.get("metadata") instanceof Map<?, ?> map ? map : Map.of();
    Object namespace = metadata.get("namespace");
    String path = base(apiVersion);
    if (resource.path("namespaced").asBoolean()) {
      path += "/namespaces/" + (namespace == null ? "default" : namespace);
    }
    String name = URLEncoder.encode(text(metadata, "name"), StandardCharsets.UTF_8);
    api.apply(path + "/" + resource.path("name").asText() + "/" + name, text);
    if (kind.equals("CustomResourceDefinition")) {
      awaitServed(api.get(path + "/customresourcedefinitions/" + name).path("spec"));
    }
  }

  private void awaitServed(JsonNode definition) {
    String plural = definition.path("names").path("plural").asText();
    for (JsonNode version : definition.path("versions")) {
      String apiVersion = definition.path("group").asText() + "/" + version.path("name").asText();
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (version.path("served").asBoolean() && resource(apiVersion, "name", plural).isEmpty()) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException(plural + " of " + apiVersion + " is not served");
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What discovery tells of it; empty if it does not. */
  private Optional<JsonNode> resource(String apiVersion, String field, String value) {
    try {
      for (JsonNode resource : api.get(base(apiVersion)).path("resources")) {
        boolean whole = resource.path("name").asText().indexOf('/') < 0;
        if (whole && resource.path(field).asText().equals(value)) {
          return Optional.of(resource);
        }
      }
      return Optional.empty();
    } catch (RequestFailedException e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static String base(String apiVersion) {
    return (apiVersion.indexOf('/') < 0 ? "/api/" : "/apis/") + apiVersion;
  }

  private static String text(Map<?, ?> object, String field) {
    Object value = object.get(field);
    if (value == null) {
      throw new IllegalArgumentException("a manifest without " + field + ": " + object);
    }
    return value.toString();
  }
}

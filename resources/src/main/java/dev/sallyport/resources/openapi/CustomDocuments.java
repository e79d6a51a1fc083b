package dev.sallyport.resources.openapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.CustomKind;
import dev.sallyport.resources.ResourceCatalogue;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.ResourceGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One document for each group version of custom kinds, made when it is asked for; its hash is that
 * of the definitions it follows from. Any thread.
 */
final class CustomDocuments {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
  private static final String SCALE = "io.k8s.api.autoscaling.v1.Scale";

  private final ResourceCatalogue catalogue;
  private volatile Hashes hashes = new Hashes(-1, Map.of());

  private record Hashes(long generation, Map<String, String> byPath) {}

  CustomDocuments(ResourceCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  long generation() {
    return catalogue.generation();
  }

  /** Every document's hash. */
  Map<String, String> hashes() {
    Hashes known = hashes;
    long now = catalogue.generation();
    if (known.generation() != now) {
      known = new Hashes(now, hashesNow());
      hashes = known;
    }
    return known.byPath();
  }

  private Map<String, String> hashesNow() {
    Map<String, String> byPath = new LinkedHashMap<>();
    for (ResourceGroup group : catalogue.groups()) {
      for (ResourceGroup.Version version : group.versions()) {
        StringBuilder kinds = new StringBuilder();
        for (ResourceDefinition resource : version.resources()) {
          CustomKind custom = resource.custom();
          if (custom != null) {
            kinds.append(resource.kind()).append(custom.fingerprint());
          }
        }
        if (!kinds.isEmpty()) {
          byPath.put(
              "apis/" + group.name() + "/" + version.name(),
              OpenApiDocuments.digest(kinds.toString().getBytes(StandardCharsets.UTF_8)));
        }
      }
    }
    return byPath;
  }

  @Nullable String hash(String path) {
    return path.startsWith("apis/") ? hashes().get(path) : null;
  }

  /** The document, or null when nothing is served there any more. */
  byte @Nullable [] made(String path) {
    int slash = path.lastIndexOf('/');
    String name = path.substring("apis/".length(), slash);
    String versionName = path.substring(slash + 1);
    for (ResourceGroup group : catalogue.groups()) {
      for (ResourceGroup.Version version : group.versions()) {
        if (group.name().equals(name) && version.name().equals(versionName)) {
          return made(version.resources());
        }
      }
    }
    return null;
  }

  private static byte[] made(List<ResourceDefinition> resources) {
    try {
      ObjectNode document =
          (ObjectNode) MAPPER.readTree(OpenApiDocuments.made("apis/autoscaling/v1"));
      ObjectNode schemas = (ObjectNode) document.path("components").path("schemas");
      schemas.retain(
          schemas.propertyStream().map(Map.Entry::getKey).filter(CustomDocuments::shared).toList());
      ObjectNode paths = document.putObject("paths");
      for (ResourceDefinition resource : resources) {
        CustomKind custom = Objects.requireNonNull(resource.custom());
        CustomPaths operations = new CustomPaths(resource);
        ObjectNode schema = custom.published();
        schemas.set(operations.typeName(), schema);
        schemas.set(operations.listTypeName(), list(resource, operations));
        operations.addTo(paths);
      }
      return MAPPER.writeValueAsBytes(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Types that every kind's paths and objects speak of. */
  private static boolean shared(String type) {
    return type.startsWith(META) || type.startsWith(SCALE) || type.endsWith(".RawExtension");
  }

  private static ObjectNode list(ResourceDefinition resource, CustomPaths operations) {
    ObjectNode list = MAPPER.createObjectNode();
    list.put("description", resource.listKind().kind() + " is a list of " + resource.kind().kind());
    list.put("type", "object").putArray("required").add("items");
    ObjectNode properties = list.putObject("properties");
    properties.putObject("apiVersion").put("type", "string");
    properties.putObject("kind").put("type", "string");
    properties
        .putObject("items")
        .put("type", "array")
        .putObject("items")
        .put("$ref", CustomPaths.ref(operations.typeName()));
    properties
        .putObject("metadata")
        .putArray("allOf")
        .addObject()
        .put("$ref", CustomPaths.ref(META + "ListMeta"));
    CustomPaths.kind(
        list.putArray("x-kubernetes-group-version-kind").addObject(), resource.listKind());
    return list;
  }
}

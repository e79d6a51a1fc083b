package dev.sallyport.resources.kinds;

import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.api.StatusCause;
import dev.sallyport.api.StatusException;
import dev.sallyport.api.UserInfo;
import dev.sallyport.resources.BodyFormat;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.ObjectCodec;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.catalogue.BuiltInCatalogue;
import dev.sallyport.resources.codec.BuiltInCodec;
import dev.sallyport.resources.kinds.factory.BuiltInKinds;
import dev.sallyport.resources.patch.PatchType;
import dev.sallyport.resources.registry.Admission;
import dev.sallyport.resources.registry.Body;
import dev.sallyport.resources.registry.DeleteResult;
import dev.sallyport.resources.registry.QueryParameters;
import dev.sallyport.resources.registry.ResourceCall;
import dev.sallyport.resources.registry.ResourceRegistry;
import dev.sallyport.resources.registry.WriteResult;
import dev.sallyport.resources.schema.BuiltInSchemas;
import dev.sallyport.store.HistoryLimits;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.memory.MemoryStores;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/**
 * Manifests as people write them, through a registry over a store in memory: what becomes of them,
 * or which faults they are refused with, one a line. Namespaced objects stand in {@code shop}.
 */
public final class KindFixture implements AutoCloseable {

  private static final UserInfo USER = UserInfo.of("tester", "system:masters");
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-22T08:00:00Z"), ZoneOffset.UTC);
  private static final String NAMESPACE = "shop";

  private final BuiltInSchemas schemas = new BuiltInSchemas();
  private final BuiltInCodec codec = new BuiltInCodec(schemas);
  private final BuiltInCatalogue catalogue = new BuiltInCatalogue();
  private final ResourceStore store = MemoryStores.open(HistoryLimits.DEFAULT, CLOCK);
  private final ResourceRegistry registry;

  public KindFixture() {
    this((store, codec) -> Admission.EVERYTHING);
  }

  /**
   * @param admission made over the fixture's own store
   */
  public KindFixture(BiFunction<ResourceStore, ObjectCodec, Admission> admission) {
    registry =
        new ResourceRegistry(
            store,
            codec,
            schemas,
            catalogue,
            BuiltInKinds.strategies(),
            admission.apply(store, codec),
            true,
            CLOCK);
    create("{apiVersion: v1, kind: Namespace, metadata: {name: " + NAMESPACE + "}}");
  }

  /** Creates what the YAML says. */
  public ObjectNode create(String yaml) {
    ResourceDefinition resource = resourceOf(yaml);
    return tree(await(registry.create(call(resource, "", ""), body(yaml))));
  }

  /** The faults that the creation is refused with. */
  public String refused(String yaml) {
    return faults(() -> create(yaml));
  }

  /**
   * Changes an object by a merge patch.
   *
   * @param path apiVersion/plural/name, perhaps with a subresource
   * @param patch YAML in flow style
   */
  public ObjectNode patch(String path, String patch) {
    String[] parts = parts(path);
    ResourceDefinition resource = catalogue.find(parts[0], parts[1], parts[2]);
    if (resource == null) {
      throw new IllegalArgumentException(path);
    }
    byte[] json = patch.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return tree(await(registry.patch(call(resource, parts[3], parts[4]), PatchType.MERGE, json)));
  }

  /** The faults that a change is refused with. */
  public String refusedPatch(String path, String patch) {
    return faults(() -> patch(path, patch));
  }

  /** Reads an object back; see {@link #patch} for the path. */
  public ObjectNode get(String path) {
    String[] parts = parts(path);
    ResourceDefinition resource = catalogue.find(parts[0], parts[1], parts[2]);
    if (resource == null) {
      throw new IllegalArgumentException(path);
    }
    return codec.read(await(registry.get(call(resource, parts[3], parts[4]))).json());
  }

  /** Deletes an object, saying nothing of what becomes of its dependents. */
  public DeleteResult delete(String path) {
    String[] parts = parts(path);
    ResourceDefinition resource = catalogue.find(parts[0], parts[1], parts[2]);
    if (resource == null) {
      throw new IllegalArgumentException(path);
    }
    return await(registry.delete(call(resource, parts[3], ""), Body.NONE));
  }

  /** Group, version, plural, name and subresource. */
  private static String[] parts(String path) {
    List<String> words = new ArrayList<>(List.of(path.split("/", -1)));
    if (!words.get(1).startsWith("v1") && !words.get(1).startsWith("v2")) {
      words.add(0, "");
    }
    while (words.size() < 5) {
      words.add("");
    }
    return words.toArray(new String[0]);
  }

  private ResourceDefinition resourceOf(String yaml) {
    String apiVersion = word(yaml, "apiVersion: ");
    int slash = apiVersion.indexOf('/');
    GroupVersionKind kind =
        new GroupVersionKind(
            slash < 0 ? "" : apiVersion.substring(0, slash),
            apiVersion.substring(slash + 1),
            word(yaml, "kind: "));
    ResourceDefinition resource = catalogue.findKind(kind);
    if (resource == null) {
      throw new IllegalArgumentException(kind.toString());
    }
    return resource;
  }

  private static String word(String yaml, String key) {
    int start = yaml.indexOf(key) + key.length();
    int end = start;
    while (end < yaml.length() && ",\n}".indexOf(yaml.charAt(end)) < 0) {
      end++;
    }
    return yaml.substring(start, end);
  }

  private static ResourceCall call(ResourceDefinition resource, String name, String subresource) {
    String namespace = resource.namespaced() ? NAMESPACE : "";
    return new ResourceCall(
        USER, resource, namespace, name, subresource, QueryParameters.of(Map.of()));
  }

  private static Body body(String yaml) {
    return new Body(BodyFormat.YAML, yaml.getBytes(StandardCharsets.UTF_8));
  }

  private ObjectNode tree(WriteResult result) {
    return codec.read(result.object().json());
  }

  private static String faults(Runnable write) {
    StatusException refusal = assertThrows(StatusException.class, write::run);
    if (refusal.status().code() != 422 || refusal.status().details() == null) {
      throw refusal;
    }
    return String.join(
        "\n", refusal.status().details().causes().stream().map(StatusCause::line).toList());
  }

  private static <T> T await(Answer<T> answer) {
    try {
      return answer.toStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      Throwable cause = Answer.unwrap(e);
      throw cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(cause);
    }
  }

  @Override
  public void close() {
    store.close();
  }
}

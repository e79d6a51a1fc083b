package dev.sallyport.resources.custom;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.codec.BuiltInCodec;
import dev.sallyport.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One state of a CustomResourceDefinition, without the schemas: those are read from the stored
 * bytes when they are needed. Immutable; any thread.
 */
public final class Definition {

  private final StoredObject source;
  private final BuiltInCodec codec;
  private final String group;
  private final boolean namespaced;
  private final DefinitionNames wanted;
  private final DefinitionNames accepted;
  private final boolean established;
  private final boolean terminating;
  private final boolean cleaning;
  private final boolean settled;
  private final long generation;
  private final String storageVersion;
  private final @Nullable WebhookConversion conversion;
  private final List<CustomVersion> versions = new ArrayList<>();

  /**
   * @param tree the definition's object; nothing of it is kept
   */
  Definition(StoredObject source, JsonNode tree, BuiltInCodec codec, VersionConverter converter) {
    JsonNode spec = tree.path("spec");
    this.source = source;
    this.codec = codec;
    this.group = spec.path("group").asText();
    this.namespaced = spec.path("scope").asText().equals("Namespaced");
    this.wanted = DefinitionNames.read(spec.path("names"));
    this.accepted = DefinitionNames.read(tree.path("status").path("acceptedNames"));
    this.established = Conditions.holds(tree, Conditions.ESTABLISHED);
    this.terminating = tree.path("metadata").has("deletionTimestamp");
    this.cleaning = terminating && holds(tree);
    this.settled = !terminating && settled(tree);
    this.generation = tree.path("metadata").path("generation").asLong();
    this.storageVersion = storageVersion(spec.path("versions"));
    this.conversion = conversion(spec.path("conversion"), converter);
    for (JsonNode version : spec.path("versions")) {
      versions.add(new CustomVersion(this, version, Deprecation.warning(spec, version)));
    }
  }

  private static boolean holds(JsonNode tree) {
    for (JsonNode finalizer : tree.path("metadata").path("finalizers")) {
      if (finalizer.asText().equals(DefinitionStrategy.CLEANUP)) {
        return true;
      }
    }
    return false;
  }

  private boolean settled(JsonNode tree) {
    boolean named =
        established && Conditions.holds(tree, Conditions.NAMES_ACCEPTED) && accepted.equals(wanted);
    return named && (!ApprovalPolicy.isProtected(group) || ApprovalPolicy.isTold(tree));
  }

  private static String storageVersion(JsonNode versions) {
    for (JsonNode version : versions) {
      if (version.path("storage").asBoolean()) {
        return version.path("name").asText();
      }
    }
    return "";
  }

  private static @Nullable WebhookConversion conversion(
      JsonNode conversion, VersionConverter converter) {
    return conversion.path("strategy").asText().equals("Webhook")
        ? new WebhookConversion(converter, ConversionWebhook.read(conversion.path("webhook")))
        : null;
  }

  /** The definition's name: the plural, a dot and the group. */
  public String name() {
    return source.key().name();
  }

  public String group() {
    return group;
  }

  /** Where its objects are stored. */
  public String collection() {
    return group + "/" + wanted.plural();
  }

  /** What its versions are stored in the order of the definition. */
  public List<CustomVersion> versions() {
    return List.copyOf(versions);
  }

  /** The version its objects are stored in, served or not. */
  public CustomVersion stored() {
    for (CustomVersion version : versions) {
      if (version.kind().version().equals(storageVersion)) {
        return version;
      }
    }
    throw new IllegalStateException(name() + " has no storage version");
  }

  /** Whether its kind is served. */
  public boolean established() {
    return established;
  }

  public boolean terminating() {
    return terminating;
  }

  /** Whether it is deleted and waits for its objects to go. */
  public boolean cleaning() {
    return cleaning;
  }

  /** Whether its status is as it should be, whatever its group's other definitions are. */
  public boolean settled() {
    return settled;
  }

  /** The names it asks for. */
  public DefinitionNames wanted() {
    return wanted;
  }

  /** The names it has. */
  public DefinitionNames accepted() {
    return accepted;
  }

  boolean namespaced() {
    return namespaced;
  }

  GroupVersionKind storageKind() {
    return new GroupVersionKind(group, storageVersion, wanted.kind());
  }

  @Nullable WebhookConversion conversion() {
    return conversion;
  }

  BuiltInCodec codec() {
    return codec;
  }

  /** What changes with the specification, and with the names in force. */
  public String fingerprint() {
    return source.uid() + "/" + generation + "/" + accepted.hashCode();
  }

  /** The schema of one version, read anew: it may be large, and is seldom needed. */
  JsonNode schema(String version) {
    for (JsonNode each : codec.read(source.json()).path("spec").path("versions")) {
      if (each.path("name").asText().equals(version)) {
        return each.path("schema").path("openAPIV3Schema");
      }
    }
    throw new IllegalStateException(name() + " has no version " + version);
  }
}

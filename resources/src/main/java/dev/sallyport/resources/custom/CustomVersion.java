package dev.sallyport.resources.custom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.resources.CustomKind;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.SelectableField;
import dev.sallyport.resources.StructSchema;
import dev.sallyport.resources.Subresource;
import dev.sallyport.resources.catalogue.StorageVersionHash;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.structural.PublishedSchema;
import dev.sallyport.resources.structural.StructuralSchema;
import dev.sallyport.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A version of a definition's kind. Immutable but for the schema, compiled on first use. */
public final class CustomVersion implements CustomKind {

  private static final List<String> VERBS =
      List.of("delete", "deletecollection", "get", "list", "patch", "create", "update", "watch");
  private static final List<String> OBJECT_VERBS = List.of("get", "patch", "update");
  private static final GroupVersionKind SCALE = new GroupVersionKind("autoscaling", "v1", "Scale");

  private final Definition definition;
  private final GroupVersionKind kind;
  private final boolean served;
  private final boolean hasStatus;
  private final @Nullable ScalePaths scale;
  private final List<CustomColumn> columns;
  private final List<SelectableField> selectable;
  private final String warning;
  private final ResourceDefinition resource;
  private final VersionedObjects objects;
  private volatile @Nullable StructuralSchema schema;

  CustomVersion(Definition definition, JsonNode version, String warning) {
    JsonNode subresources = version.path("subresources");
    this.definition = definition;
    this.kind =
        new GroupVersionKind(
            definition.group(), version.path("name").asText(), definition.wanted().kind());
    this.served = version.path("served").asBoolean();
    this.hasStatus = subresources.has("status");
    this.scale = subresources.has("scale") ? scale(subresources.path("scale")) : null;
    this.columns = PrinterColumns.read(version.path("additionalPrinterColumns"));
    this.selectable = selectable(version.path("selectableFields"));
    this.warning = warning;
    this.resource = resource(definition);
    this.objects = new VersionedObjects(this, definition);
  }

  private static ScalePaths scale(JsonNode scale) {
    return new ScalePaths(
        Paths.steps(scale.path("specReplicasPath").asText()),
        Paths.steps(scale.path("statusReplicasPath").asText()),
        Paths.steps(scale.path("labelSelectorPath").asText()));
  }

  private static List<SelectableField> selectable(JsonNode fields) {
    List<SelectableField> selectable = new ArrayList<>();
    for (JsonNode field : fields) {
      String path = field.path("jsonPath").asText();
      selectable.add(new SelectableField(path.substring(1), Paths.steps(path), ""));
    }
    return List.copyOf(selectable);
  }

  private ResourceDefinition resource(Definition of) {
    DefinitionNames names = of.established() ? of.accepted() : of.wanted();
    List<Subresource> subresources = new ArrayList<>();
    if (hasStatus) {
      subresources.add(new Subresource("status", kind, OBJECT_VERBS));
    }
    if (scale != null) {
      subresources.add(new Subresource("scale", SCALE, OBJECT_VERBS));
    }
    return new ResourceDefinition(
        kind,
        names.plural(),
        names.singular(),
        names.shortNames(),
        names.categories(),
        of.namespaced(),
        VERBS,
        of.collection(),
        kind, // what is stored in another version is brought into this one before all else
        StorageVersionHash.of(of.storageKind()),
        selectable,
        subresources,
        this);
  }

  /** The resource by which the registry knows it. */
  public ResourceDefinition resource() {
    return resource;
  }

  public boolean served() {
    return served;
  }

  /** How its objects come to be and change. */
  public KindStrategy strategy() {
    return new CustomStrategy(this);
  }

  Definition definition() {
    return definition;
  }

  /** Whether it is a version of that definition, be it in another state. */
  boolean isOf(Definition other) {
    return definition.name().equals(other.name());
  }

  StructuralSchema schema() {
    StructuralSchema known = schema;
    if (known == null) {
      // Two threads may compile it at once; both outcomes are equal, and either stays.
      known = StructuralSchema.of(definition.schema(kind.version()));
      schema = known;
    }
    return known;
  }

  @Override
  public GroupVersionKind kind() {
    return kind;
  }

  @Override
  public GroupVersionKind listKind() {
    DefinitionNames names = definition.established() ? definition.accepted() : definition.wanted();
    return kind.withKind(names.listKind());
  }

  @Override
  public boolean hasStatus() {
    return hasStatus;
  }

  @Override
  public @Nullable ScalePaths scale() {
    return scale;
  }

  @Override
  public List<CustomColumn> columns() {
    return columns;
  }

  @Override
  public String warning() {
    return warning;
  }

  @Override
  public boolean terminating() {
    return definition.terminating();
  }

  @Override
  public StructSchema fields() {
    return schema().fields();
  }

  @Override
  public List<String> prune(ObjectNode object) {
    return schema().prune(object);
  }

  @Override
  public ObjectNode published() {
    return PublishedSchema.of(definition.schema(kind.version()), kind);
  }

  @Override
  public String fingerprint() {
    return definition.fingerprint();
  }

  @Override
  public boolean convertedByWebhook() {
    return definition.conversion() != null;
  }

  @Override
  public @Nullable StoredObject shownNow(StoredObject stored) {
    return objects.shownNow(stored);
  }

  @Override
  public Answer<List<StoredObject>> shown(List<StoredObject> stored) {
    return objects.shown(stored);
  }

  @Override
  public Answer<ObjectNode> toStored(ObjectNode object) {
    return objects.toStored(object);
  }
}

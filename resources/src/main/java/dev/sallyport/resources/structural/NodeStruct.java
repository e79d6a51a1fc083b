package dev.sallyport.resources.structural;

import dev.sallyport.resources.FieldSchema;
import dev.sallyport.resources.FieldSchema.Presence;
import dev.sallyport.resources.ListSchema;
import dev.sallyport.resources.MapSchema;
import dev.sallyport.resources.MergeRule;
import dev.sallyport.resources.ObjectSchema;
import dev.sallyport.resources.ScalarSchema;
import dev.sallyport.resources.StructSchema;
import dev.sallyport.resources.structural.tree.EmbeddedMetadata;
import dev.sallyport.resources.structural.tree.SchemaNode;
import dev.sallyport.resources.structural.tree.SchemaNode.Trait;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An object's schema as server-side apply sees it: made field by field, nothing kept. */
final class NodeStruct implements StructSchema {

  private static final StructSchema METADATA = EmbeddedMetadata.schema();

  private final SchemaNode node;
  private final boolean resource;

  /**
   * @param resource whether apiVersion, kind and metadata are there without being named
   */
  NodeStruct(SchemaNode node, boolean resource) {
    this.node = node;
    this.resource = resource;
  }

  @Override
  public String name() {
    return "object";
  }

  @Override
  public List<FieldSchema> fields() {
    List<FieldSchema> fields = new ArrayList<>();
    if (resource) {
      fields.add(field("apiVersion", ScalarSchema.STRING, MergeRule.DEFAULT));
      fields.add(field("kind", ScalarSchema.STRING, MergeRule.DEFAULT));
      fields.add(field("metadata", METADATA, MergeRule.DEFAULT));
    }
    for (String name : node.properties().names()) {
      FieldSchema field = field(name);
      if (field != null && fields.stream().noneMatch(known -> known.name().equals(name))) {
        fields.add(field);
      }
    }
    return fields;
  }

  @Override
  public @Nullable FieldSchema field(String name) {
    if (resource) {
      switch (name) {
        case "apiVersion", "kind" -> {
          return field(name, ScalarSchema.STRING, MergeRule.DEFAULT);
        }
        case "metadata" -> {
          return field(name, METADATA, MergeRule.DEFAULT);
        }
        default -> {}
      }
    }
    SchemaNode property = node.properties().get(name);
    if (property == null) {
      return node.is(Trait.PRESERVES_UNKNOWN_FIELDS)
          ? field(name, ScalarSchema.UNTYPED, MergeRule.DEFAULT)
          : null;
    }
    return new FieldSchema(
        name,
        schema(property),
        node.constraints() != null && node.constraints().required().contains(name),
        Presence.WHEN_SET,
        property.defaultValue(),
        List.of(),
        rule(property));
  }

  private static FieldSchema field(String name, ObjectSchema schema, MergeRule rule) {
    return new FieldSchema(name, schema, false, Presence.WHEN_SET, null, List.of(), rule);
  }

  static MergeRule rule(SchemaNode node) {
    return node.listType().isEmpty() && node.mapType().isEmpty()
        ? MergeRule.DEFAULT
        : new MergeRule("", "", node.listType(), node.listKeys(), node.mapType());
  }

  private static ObjectSchema schema(SchemaNode node) {
    if (node.is(Trait.INT_OR_STRING)) {
      return ScalarSchema.INT_OR_STRING;
    }
    if (node.type() == null) {
      return ScalarSchema.UNTYPED;
    }
    return switch (node.type()) {
      case OBJECT -> object(node);
      case ARRAY ->
          new ListSchema(node.items() == null ? ScalarSchema.UNTYPED : schema(node.items()));
      case STRING -> ScalarSchema.STRING;
      case BOOLEAN -> ScalarSchema.BOOLEAN;
      case INTEGER -> ScalarSchema.INT64;
      case NUMBER -> ScalarSchema.DOUBLE;
    };
  }

  private static ObjectSchema object(SchemaNode node) {
    if (!node.properties().isEmpty() || node.is(Trait.EMBEDDED_RESOURCE)) {
      return new NodeStruct(node, node.is(Trait.EMBEDDED_RESOURCE));
    }
    return new MapSchema(node.values() == null ? ScalarSchema.UNTYPED : schema(node.values()));
  }
}

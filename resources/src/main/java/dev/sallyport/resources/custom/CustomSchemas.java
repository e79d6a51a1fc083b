package dev.sallyport.resources.custom;

import dev.sallyport.resources.CustomKind;
import dev.sallyport.resources.CustomKinds;
import dev.sallyport.resources.FieldSchema;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.SchemaSource;
import dev.sallyport.resources.StructSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Custom kinds' schemas, by their definitions; all others are the built-in ones. Any thread. */
public final class CustomSchemas implements SchemaSource {

  private final SchemaSource builtIn;
  private final CustomKinds kinds;
  private final StructSchema head;

  public CustomSchemas(SchemaSource builtIn, CustomKinds kinds) {
    this.builtIn = builtIn;
    this.kinds = kinds;
    this.head =
        Objects.requireNonNull(
            builtIn.schema(new GroupVersionKind("meta.k8s.io", "v1", "PartialObjectMetadata")));
  }

  @Override
  public @Nullable StructSchema schema(GroupVersionKind kind) {
    CustomKind custom = kinds.find(kind);
    return custom == null ? builtIn.schema(kind) : new Whole(kind.kind(), head, custom.fields());
  }

  /** A kind's own fields, behind those that every object has. */
  private record Whole(String name, StructSchema head, StructSchema content)
      implements StructSchema {

    @Override
    public List<FieldSchema> fields() {
      List<FieldSchema> fields = new ArrayList<>(head.fields());
      for (FieldSchema field : content.fields()) {
        if (head.field(field.name()) == null) {
          fields.add(field);
        }
      }
      return fields;
    }

    @Override
    public @Nullable FieldSchema field(String member) {
      FieldSchema field = head.field(member);
      return field == null ? content.field(member) : field;
    }
  }
}

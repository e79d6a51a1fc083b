package dev.sallyport.resources.structural.tree;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.FieldSchema;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.StructSchema;
import dev.sallyport.resources.codec.canonical.Canonicalizer;
import dev.sallyport.resources.codec.canonical.DecodeFailure;
import dev.sallyport.resources.codec.canonical.Problems;
import dev.sallyport.resources.schema.BuiltInSchemas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The metadata of resources inside of resources: read as ObjectMeta, as the root's is. */
public final class EmbeddedMetadata {

  private static final String UNKNOWN = "unknown field \"";

  private EmbeddedMetadata() {}

  /** The fields of metadata, as of every built-in kind. */
  public static StructSchema schema() {
    return Metadata.SCHEMA;
  }

  private static final class Metadata {
    static final StructSchema SCHEMA = find();

    private static StructSchema find() {
      StructSchema kind =
          Objects.requireNonNull(
              new BuiltInSchemas().schema(new GroupVersionKind("", "v1", "ConfigMap")));
      FieldSchema metadata = Objects.requireNonNull(kind.field("metadata"));
      return (StructSchema) metadata.schema();
    }
  }

  /**
   * Writes an object's metadata anew as ObjectMeta does; metadata that cannot be read stays as it
   * is, for {@link #fault} to tell.
   *
   * @return the fields that ObjectMeta does not have
   */
  static List<String> coerce(ObjectNode object) {
    JsonNode metadata = object.path("metadata");
    if (!metadata.isObject()) {
      return List.of();
    }
    Problems problems = new Problems();
    try {
      object.set("metadata", read(metadata, problems));
    } catch (DecodeFailure e) {
      return List.of();
    }
    List<String> fields = new ArrayList<>();
    for (String problem : problems.texts()) {
      if (problem.startsWith(UNKNOWN)) {
        fields.add(problem.substring(UNKNOWN.length(), problem.length() - 1));
      }
    }
    return fields;
  }

  /** Why it is no metadata, or null. */
  public static @Nullable String fault(JsonNode metadata) {
    try {
      read(metadata, new Problems());
      return null;
    } catch (DecodeFailure e) {
      return e.why();
    }
  }

  private static ObjectNode read(JsonNode metadata, Problems problems) {
    try {
      return new Canonicalizer(metadata.traverse(), problems).read(Metadata.SCHEMA);
    } catch (IOException e) {
      // A tree in memory cannot fail to be read.
      throw new UncheckedIOException(e);
    }
  }
}

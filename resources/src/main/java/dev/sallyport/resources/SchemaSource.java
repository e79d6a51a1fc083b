package dev.sallyport.resources;

import org.jspecify.annotations.Nullable;

/** Schemas by kind. Any thread; a schema is made on first use and then kept. */
public interface SchemaSource {

  /** The schema of a kind (of resources, lists, DeleteOptions, Scale, …), or null. */
  @Nullable StructSchema schema(GroupVersionKind kind);
}

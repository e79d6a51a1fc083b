package dev.sallyport.resources;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An object with named fields. Made lazily, so that it may hold itself. Thread safe. */
public non-sealed interface StructSchema extends ObjectSchema {

  /** The type's full name, such as io.k8s.api.core.v1.ConfigMap. */
  String name();

  /** Its fields in the order in which they are written. */
  List<FieldSchema> fields();

  /** The field of that name (exactly that spelling), or null. */
  @Nullable FieldSchema field(String name);
}

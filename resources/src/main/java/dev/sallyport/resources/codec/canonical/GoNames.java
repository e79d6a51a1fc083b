package dev.sallyport.resources.codec.canonical;

import dev.sallyport.resources.ListSchema;
import dev.sallyport.resources.MapSchema;
import dev.sallyport.resources.ObjectSchema;
import dev.sallyport.resources.ScalarSchema;
import dev.sallyport.resources.StructSchema;

/** Types as Go's messages name them. */
final class GoNames {

  private GoNames() {}

  /** Such as ConfigMap. */
  static String struct(StructSchema schema) {
    String name = schema.name();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** Such as v1.ObjectMeta, map[string]string or []v1.Container. */
  static String type(ObjectSchema schema) {
    if (schema instanceof StructSchema struct) {
      String name = struct.name();
      return name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1);
    }
    if (schema instanceof ListSchema list) {
      return "[]" + type(list.element());
    }
    if (schema instanceof MapSchema map) {
      return "map[string]" + type(map.value());
    }
    return scalar((ScalarSchema) schema);
  }

  private static String scalar(ScalarSchema schema) {
    return switch (schema) {
      case STRING -> "string";
      case BOOLEAN -> "bool";
      case INT32 -> "int32";
      case INT64 -> "int64";
      case DOUBLE -> "float64";
      case BYTES -> "[]uint8";
      case TIME -> "v1.Time";
      case MICRO_TIME -> "v1.MicroTime";
      case QUANTITY -> "resource.Quantity";
      case INT_OR_STRING -> "intstr.IntOrString";
      case ANY, UNTYPED -> "runtime.RawExtension";
    };
  }
}

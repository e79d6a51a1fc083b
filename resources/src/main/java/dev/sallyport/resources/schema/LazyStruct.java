package dev.sallyport.resources.schema;

import dev.sallyport.resources.FieldSchema;
import dev.sallyport.resources.StructSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A struct whose fields are made when first asked for, so that it may hold itself. */
final class LazyStruct implements StructSchema {

  private final String name;
  private final Supplier<List<FieldSchema>> source;
  private volatile @Nullable Fields fields;

  LazyStruct(String name, Supplier<List<FieldSchema>> source) {
    this.name = name;
    this.source = source;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<FieldSchema> fields() {
    return made().list;
  }

  @Override
  public @Nullable FieldSchema field(String fieldName) {
    return made().byName.get(fieldName);
  }

  private Fields made() {
    Fields now = fields;
    if (now == null) {
      // Two threads may make it at once; both outcomes are equal, and either stays.
      now = new Fields(source.get());
      fields = now;
    }
    return now;
  }

  private static final class Fields {
    private final List<FieldSchema> list;
    private final Map<String, FieldSchema> byName = new HashMap<>();

    Fields(List<FieldSchema> list) {
      this.list = List.copyOf(list);
      list.forEach(field -> byName.put(field.name(), field));
    }
  }
}

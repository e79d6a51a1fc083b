package dev.sallyport.resources.registry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.FieldValidation;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.StructSchema;
import dev.sallyport.resources.apply.FieldManager;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Notes in every object written which fields belong to its writer. */
final class Ownership {

  private static final int NAME_LENGTH = 128;

  private final Backing backing;
  private final Map<GroupVersionKind, ObjectNode> empty = new ConcurrentHashMap<>();

  Ownership(Backing backing) {
    this.backing = backing;
  }

  /** The field manager for a call, or null for a kind without a schema. */
  @Nullable FieldManager manager(ResourceCall call, WriteOptions options) {
    ResourceDefinition resource = call.resource();
    StructSchema schema = backing.schemas().schema(resource.storageKind());
    if (schema == null) {
      return null;
    }
    return new FieldManager(
        schema,
        name(call, options),
        resource.kind().apiVersion(),
        call.subresource(),
        ObjectRules.timestamp(backing.clock().instant()),
        resource.custom() == null || resource.custom().hasStatus());
  }

  private static String name(ResourceCall call, WriteOptions options) {
    if (!options.fieldManager().isEmpty()) {
      return options.fieldManager();
    }
    String agent = call.userAgent();
    int slash = agent.indexOf('/');
    String name = slash < 0 ? agent : agent.substring(0, slash);
    StringBuilder printable = new StringBuilder();
    name.codePoints()
        .filter(point -> point >= ' ' && point != 0x7f)
        .limit(NAME_LENGTH)
        .forEach(printable::appendCodePoint);
    return printable.isEmpty() ? "unknown" : printable.toString();
  }

  /** What a creation is compared with: an object of the kind that says nothing. */
  ObjectNode emptyObject(ResourceDefinition resource) {
    // Definitions come, change and go: nothing is kept of theirs.
    return resource.custom() == null
        ? empty.computeIfAbsent(resource.storageKind(), this::nothing)
        : nothing(resource.storageKind());
  }

  private ObjectNode nothing(GroupVersionKind kind) {
    ObjectNode nothing = JsonNodeFactory.instance.objectNode();
    nothing.put("kind", kind.kind()).put("apiVersion", kind.apiVersion());
    return backing.codec().canonicalize(nothing, kind, FieldValidation.IGNORE).object();
  }

  ObjectNode created(ResourceCall call, WriteOptions options, ObjectNode object) {
    ObjectRules.metadata(object).remove("managedFields");
    FieldManager manager = manager(call, options);
    return manager == null ? object : manager.update(emptyObject(call.resource()), object);
  }

  ObjectNode updated(ResourceCall call, WriteOptions options, ObjectNode live, ObjectNode object) {
    FieldManager manager = manager(call, options);
    return manager == null ? object : manager.update(live, object);
  }
}

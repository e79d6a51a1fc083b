package dev.sallyport.resources.structural.tree;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.structural.tree.SchemaNode.Trait;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of one object what its schema does not know. Used once.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#field-pruning">Field
 *     pruning</a>
 */
public final class Pruning {
  private final Place place = new Place();
  private final List<String> unknown = new ArrayList<>();

  /**
   * Prunes a whole object, or a value if it is no resource's root.
   *
   * @param root whether apiVersion, kind and metadata are there without being named
   * @return the paths of what was removed, sorted
   */
  public List<String> prune(JsonNode object, SchemaNode schema, boolean root) {
    value(object, schema, root || schema.is(Trait.EMBEDDED_RESOURCE), false);
    unknown.sort(null);
    return unknown;
  }

  /**
   * @param kept whether unknown fields stay: those of a list's items do where the list says so
   */
  private void value(JsonNode value, @Nullable SchemaNode schema, boolean resource, boolean kept) {
    boolean keeps = kept || (schema != null && schema.is(Trait.PRESERVES_UNKNOWN_FIELDS));
    if (value instanceof ObjectNode object) {
      fields(object, schema, resource, keeps);
    } else if (value.isArray() && !(keeps && schema != null && schema.items() == null)) {
      items(value, schema == null ? null : schema.items(), keeps);
    }
  }

  private void fields(
      ObjectNode object, @Nullable SchemaNode schema, boolean resource, boolean keeps) {
    Iterator<Map.Entry<String, JsonNode>> fields = object.properties().iterator();
    while (fields.hasNext()) {
      Map.Entry<String, JsonNode> field = fields.next();
      String name = field.getKey();
      if (resource && isOfEveryResource(name)) {
        embeddedMetadata(object, name);
        continue;
      }
      SchemaNode member = schema == null ? null : schema.member(name);
      if (member != null || (schema != null && schema.is(Trait.FREE_KEYS))) {
        int mark = place.field(name);
        value(field.getValue(), member, isEmbedded(member), false);
        place.back(mark);
      } else if (!keeps) {
        unknown.add(place.path(name));
        fields.remove();
      }
    }
  }

  private void items(JsonNode list, @Nullable SchemaNode item, boolean kept) {
    for (int i = 0; i < list.size(); i++) {
      int mark = place.index(i);
      value(list.get(i), item, isEmbedded(item), kept);
      place.back(mark);
    }
  }

  private static boolean isEmbedded(@Nullable SchemaNode schema) {
    return schema != null && schema.is(Trait.EMBEDDED_RESOURCE);
  }

  private void embeddedMetadata(ObjectNode object, String name) {
    // The root's metadata has been read as ObjectMeta before; an embedded one's is read here.
    if (name.equals("metadata") && !place.path().isEmpty()) {
      for (String field : EmbeddedMetadata.coerce(object)) {
        unknown.add(place.path("metadata." + field));
      }
    }
  }

  private static boolean isOfEveryResource(String name) {
    return name.equals("metadata") || name.equals("kind") || name.equals("apiVersion");
  }
}

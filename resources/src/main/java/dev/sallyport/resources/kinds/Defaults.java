package dev.sallyport.resources.kinds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Fills in what an object leaves out: a member that is absent or null counts as left out. */
public final class Defaults {

  private Defaults() {}

  public static boolean lacks(JsonNode object, String member) {
    JsonNode value = object.path(member);
    return value.isMissingNode() || value.isNull();
  }

  /** For texts, "" counts as left out. */
  public static void text(ObjectNode object, String member, String value) {
    if (lacks(object, member) || object.path(member).asText().isEmpty()) {
      object.put(member, value);
    }
  }

  public static void number(ObjectNode object, String member, int value) {
    if (lacks(object, member)) {
      object.put(member, value);
    }
  }

  public static void flag(ObjectNode object, String member, boolean value) {
    if (lacks(object, member)) {
      object.put(member, value);
    }
  }

  /** The member as an object, made when it is left out. */
  public static ObjectNode object(ObjectNode object, String member) {
    return object.get(member) instanceof ObjectNode there ? there : object.putObject(member);
  }

  /** The member as a list, made when it is left out. */
  public static ArrayNode list(ObjectNode object, String member) {
    return object.get(member) instanceof ArrayNode there ? there : object.putArray(member);
  }

  /** The objects in a list; none when it is left out. */
  public static Iterable<ObjectNode> objects(JsonNode parent, String member) {
    List<ObjectNode> objects = new ArrayList<>();
    for (JsonNode item : parent.path(member)) {
      if (item instanceof ObjectNode object) {
        objects.add(object);
      }
    }
    return objects;
  }
}

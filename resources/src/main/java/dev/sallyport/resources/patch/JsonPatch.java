package dev.sallyport.resources.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Reason;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusDetails;
import dev.sallyport.api.StatusException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON patch: operations that are carried out in order, all or none.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6902">RFC 6902</a>
 */
public final class JsonPatch implements Patch {

  private static final int MAX_OPERATIONS = 10_000;

  /**
   * What all copies of one patch may add: a few operations could else grow an object without end.
   */
  private static final long MAX_COPIED = 3 * 1024 * 1024;

  private final List<Operation> operations;

  private JsonPatch(List<Operation> operations) {
    this.operations = operations;
  }

  private record Operation(String op, String from, String path, @Nullable JsonNode value) {}

  /**
   * @throws StatusException 400 for what is no list of operations, 413 for too many
   */
  public static JsonPatch read(byte[] body) {
    JsonNode list = PatchReader.read(body);
    if (!list.isArray()) {
      throw PatchReader.undecodable(
          "json: cannot unmarshal "
              + PatchReader.kind(list)
              + " into Go value of type []handlers.jsonPatchOp");
    }
    if (list.size() > MAX_OPERATIONS) {
      throw new StatusException(
          new Status(
              413,
              Reason.REQUEST_ENTITY_TOO_LARGE,
              "Request entity too large: The allowed maximum operations in a JSON patch is %d, got %d"
                  .formatted(MAX_OPERATIONS, list.size()),
              null));
    }
    List<Operation> operations = new ArrayList<>(list.size());
    for (JsonNode one : list) {
      if (!one.isObject()) {
        throw PatchReader.undecodable(
            "json: cannot unmarshal "
                + PatchReader.kind(one)
                + " into Go value of type handlers.jsonPatchOp");
      }
      operations.add(
          new Operation(
              one.path("op").asText(),
              one.path("from").asText(),
              one.path("path").asText(),
              one.get("value")));
    }
    return new JsonPatch(operations);
  }

  @Override
  public ObjectNode apply(ObjectNode original) {
    try {
      return new Application(original.deepCopy()).run(operations);
    } catch (JsonPointerPath.NoSuchPlace e) {
      throw new StatusException(
          new Status(
              422,
              Reason.INVALID,
              "the server rejected our request due to an error in our request",
              StatusDetails.EMPTY));
    }
  }

  /** One run over one document. */
  private static final class Application {
    private JsonNode document;
    private long copied;

    Application(JsonNode document) {
      this.document = document;
    }

    ObjectNode run(List<Operation> operations) {
      for (Operation operation : operations) {
        run(operation);
      }
      if (document instanceof ObjectNode object) {
        return object;
      }
      throw new JsonPointerPath.NoSuchPlace();
    }

    private void run(Operation operation) {
      switch (operation.op()) {
        case "add" -> add(operation.path(), value(operation).deepCopy());
        case "remove" -> remove(operation.path());
        case "replace" -> replace(operation.path(), value(operation).deepCopy());
        case "move" -> add(operation.path(), remove(operation.from()));
        case "copy" -> add(operation.path(), copy(operation.from()));
        case "test" -> test(operation);
        default -> throw new JsonPointerPath.NoSuchPlace();
      }
    }

    private static JsonNode value(Operation operation) {
      if (operation.value() == null) {
        throw new JsonPointerPath.NoSuchPlace();
      }
      return operation.value();
    }

    private JsonNode copy(String from) {
      JsonNode value = JsonPointerPath.of(from).find(document);
      copied += value.toString().length();
      if (copied > MAX_COPIED) {
        throw new JsonPointerPath.NoSuchPlace();
      }
      return value.deepCopy();
    }

    private void add(String path, JsonNode value) {
      JsonPointerPath place = JsonPointerPath.of(path);
      if (place.root()) {
        document = value;
        return;
      }
      JsonNode parent = place.findParent(document);
      if (parent instanceof ObjectNode object) {
        object.set(place.last(), value);
      } else {
        ArrayNode array = JsonPointerPath.array(parent);
        array.insert(JsonPointerPath.index(place.last(), array.size(), true), value);
      }
    }

    private JsonNode remove(String path) {
      JsonPointerPath place = JsonPointerPath.of(path);
      JsonNode removed = place.find(document);
      if (place.root()) {
        throw new JsonPointerPath.NoSuchPlace();
      }
      JsonNode parent = place.findParent(document);
      if (parent instanceof ObjectNode object) {
        object.remove(place.last());
      } else {
        ArrayNode array = JsonPointerPath.array(parent);
        array.remove(JsonPointerPath.index(place.last(), array.size(), false));
      }
      return removed;
    }

    private void replace(String path, JsonNode value) {
      JsonPointerPath place = JsonPointerPath.of(path);
      place.find(document);
      if (place.root()) {
        document = value;
        return;
      }
      JsonNode parent = place.findParent(document);
      if (parent instanceof ObjectNode object) {
        object.set(place.last(), value);
      } else {
        ArrayNode array = JsonPointerPath.array(parent);
        array.set(JsonPointerPath.index(place.last(), array.size(), false), value);
      }
    }

    private void test(Operation operation) {
      JsonNode wanted = operation.value() == null ? NullNode.getInstance() : operation.value();
      JsonNode found;
      try {
        found = JsonPointerPath.of(operation.path()).find(document);
      } catch (JsonPointerPath.NoSuchPlace e) {
        if (wanted.isNull()) {
          return;
        }
        throw e;
      }
      if (!JsonEquality.same(found, wanted)) {
        throw new JsonPointerPath.NoSuchPlace();
      }
    }
  }
}

package dev.sallyport.resources.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * A JSON merge patch: members replace, null removes.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7396">RFC 7396</a>
 */
public final class JsonMergePatch implements Patch {

  private final ObjectNode patch;

  private JsonMergePatch(ObjectNode patch) {
    this.patch = patch;
  }

  /**
   * @throws dev.sallyport.api.StatusException 400 for what is no JSON object
   */
  public static JsonMergePatch read(byte[] body) {
    return new JsonMergePatch(PatchReader.readObject(body));
  }

  @Override
  public ObjectNode apply(ObjectNode original) {
    ObjectNode result = original.deepCopy();
    merge(result, patch);
    return result;
  }

  private static void merge(ObjectNode target, ObjectNode patch) {
    for (Map.Entry<String, JsonNode> member : patch.properties()) {
      String name = member.getKey();
      JsonNode value = member.getValue();
      if (value.isNull()) {
        target.remove(name);
      } else if (value instanceof ObjectNode object) {
        ObjectNode below =
            target.get(name) instanceof ObjectNode there ? there : target.putObject(name);
        merge(below, object);
      } else {
        target.set(name, value.deepCopy());
      }
    }
  }
}

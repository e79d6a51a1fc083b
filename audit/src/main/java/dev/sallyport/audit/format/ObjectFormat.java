package dev.sallyport.audit.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The objects inside an event: the bytes as they are, or copied without managedFields. */
final class ObjectFormat {

  private static final JsonFactory JSON = new JsonFactory();
  private static final String MANAGED_FIELDS = "managedFields";

  private ObjectFormat() {}

  /**
   * Adds a member that holds the object; nothing when it is no JSON after all.
   *
   * @param bare without managedFields
   */
  static void member(JsonBuffer out, String name, byte[] object, boolean bare) {
    if (!bare) {
      out.raw(name).json(object);
      return;
    }
    byte[] copy = bare(object);
    if (copy != null) {
      out.raw(name).json(copy);
    }
  }

  private static byte @Nullable [] bare(byte[] object) {
    ByteArrayOutputStream copy = new ByteArrayOutputStream(object.length);
    try (JsonParser in = JSON.createParser(object);
        JsonGenerator to = JSON.createGenerator(copy)) {
      for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
        if (token == JsonToken.FIELD_NAME && managedFields(in)) {
          in.nextToken();
          in.skipChildren();
        } else {
          to.copyCurrentEvent(in);
        }
      }
    } catch (IOException e) {
      return null; // an answer that is no JSON, such as a document of another kind
    }
    return copy.toByteArray();
  }

  /** Whether the field is metadata.managedFields of the object, of an item or of a row's object. */
  private static boolean managedFields(JsonParser in) throws IOException {
    if (!MANAGED_FIELDS.equals(in.currentName())) {
      return false;
    }
    JsonStreamContext metadata = in.getParsingContext().getParent();
    if (metadata == null || !"metadata".equals(metadata.getCurrentName())) {
      return false;
    }
    JsonStreamContext owner = metadata.getParent();
    boolean root = owner == null || owner.inRoot();
    if (!root && "object".equals(owner.getCurrentName())) {
      owner = owner.getParent();
    }
    JsonStreamContext list = owner == null ? null : owner.getParent();
    return root
        || (owner != null
            && owner.inArray()
            && list != null
            && ("items".equals(list.getCurrentName()) || "rows".equals(list.getCurrentName())));
  }
}

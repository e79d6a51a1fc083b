package dev.sallyport.resources.codec.protobuf;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.api.Reason;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.codec.json.JsonInput;
import dev.sallyport.resources.codec.protobuf.MessageLayout.Field;
import dev.sallyport.resources.codec.protobuf.MessageLayout.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Writes canonical JSON as protobuf, member by member: of a list no more than one item stands as a
 * tree at a time. Any thread.
 */
public final class ProtobufOutput {

  /** What every message starts with that is not part of a watch's frame. */
  private static final byte[] MAGIC = {'k', '8', 's', 0};

  private final Layouts layouts = new Layouts();
  private final MessageWriter messages = new MessageWriter(layouts);

  /**
   * @param json an object or list with kind and apiVersion
   * @throws StatusException 406 when protobuf does not know the kind
   */
  public byte[] encode(byte[] json) {
    WireWriter out = new WireWriter(json.length);
    envelope(out, json);
    return out.toBytes();
  }

  /** One frame of a watch: its length in four bytes, then a WatchEvent around the envelope. */
  public byte[] watchFrame(String type, byte[] json) {
    WireWriter out = new WireWriter(json.length + 64);
    out.raw(new byte[4]);
    out.text(1, type);
    int object = out.begin(2);
    int raw = out.begin(1);
    envelope(out, json);
    out.end(raw);
    out.end(object);
    byte[] frame = out.toBytes();
    int length = frame.length - 4;
    frame[0] = (byte) (length >>> 24);
    frame[1] = (byte) (length >>> 16);
    frame[2] = (byte) (length >>> 8);
    frame[3] = (byte) length;
    return frame;
  }

  private void envelope(WireWriter out, byte[] json) {
    try (JsonParser parser = JsonInput.parser(json)) {
      GroupVersionKind kind = named(json);
      MessageLayout layout = layouts.ofKind(kind);
      if (layout == null) {
        throw notAcceptable(kind);
      }
      out.raw(MAGIC);
      int typeMeta = out.begin(1);
      out.text(1, kind.apiVersion());
      out.text(2, kind.kind());
      out.end(typeMeta);
      int raw = out.begin(2);
      object(out, parser, layout);
      out.end(raw);
      out.text(3, "");
      out.text(4, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static StatusException notAcceptable(GroupVersionKind kind) {
    return new StatusException(
        new Status(
            406,
            Reason.NOT_ACCEPTABLE,
            "object *"
                + type(kind)
                + " does not implement the protobuf marshalling interface and cannot be encoded to a"
                + " protobuf message",
            null));
  }

  /** Custom kinds have no type of their own. */
  private static String type(GroupVersionKind kind) {
    boolean custom = kind.group().indexOf('.') > 0 && !kind.group().endsWith(".k8s.io");
    return custom ? "unstructured.Unstructured" : kind.version() + "." + kind.kind();
  }

  /** Discovery's oldest documents say no version; they are of the first one. */
  private static GroupVersionKind named(byte[] json) {
    GroupVersionKind kind = JsonInput.trustedKind(json);
    return kind.version().isEmpty() ? new GroupVersionKind("", "v1", kind.kind()) : kind;
  }

  private void object(WireWriter out, JsonParser parser, MessageLayout layout) throws IOException {
    parser.nextToken();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      Field field = layout.name(parser.currentName());
      JsonToken token = parser.nextToken();
      if (field == null) {
        parser.skipChildren();
      } else if (token == JsonToken.START_ARRAY && field.shape() == Shape.LIST) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          messages.value(out, field.number(), field.element(), tree(parser));
        }
      } else {
        messages.field(out, field, tree(parser));
      }
    }
  }

  private static JsonNode tree(JsonParser parser) throws IOException {
    return JsonInput.tree(parser);
  }

  static boolean startsWithMagic(byte[] body) {
    return body.length >= MAGIC.length
        && new String(body, 0, MAGIC.length, StandardCharsets.ISO_8859_1).equals("k8s\0");
  }
}

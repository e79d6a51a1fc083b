package dev.sallyport.resources.codec.protobuf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.codec.canonical.DecodeFailure;

/**
 * Reads protobuf bodies. Any thread.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/using-api/api-concepts/#protobuf-encoding">Kubernetes
 *     Protobuf encoding</a>
 */
public final class ProtobufInput {

  private static final int ENVELOPE = 4;

  private final Layouts layouts = new Layouts();

  /**
   * A body's envelope.
   *
   * @param kind as named, each part "" where absent
   * @param raw the object's own message
   */
  public record Envelope(GroupVersionKind kind, byte[] raw) {}

  /**
   * @throws DecodeFailure when there is no envelope
   */
  public Envelope open(byte[] body) {
    if (!ProtobufOutput.startsWithMagic(body)) {
      throw new DecodeFailure(
          body.length == 0
              ? "empty data"
              : "provided data does not appear to be a protobuf message, expected prefix"
                  + " [107 56 115 0]");
    }
    WireReader in = new WireReader(body, ENVELOPE, body.length);
    GroupVersionKind kind = new GroupVersionKind("", "", "");
    byte[] raw = {};
    while (in.hasMore()) {
      switch (in.number()) {
        case 1 -> {
          in.expect(WireWriter.BYTES, "TypeMeta");
          kind = typeMeta(in.nested());
        }
        case 2 -> {
          in.expect(WireWriter.BYTES, "Raw");
          raw = in.nested().rest();
        }
        default -> in.skip();
      }
    }
    return new Envelope(kind, raw);
  }

  private static GroupVersionKind typeMeta(WireReader in) {
    String apiVersion = "";
    String kind = "";
    while (in.hasMore()) {
      int number = in.number();
      if (number == 1 || number == 2) {
        in.expect(WireWriter.BYTES, "TypeMeta");
        String text = in.text();
        apiVersion = number == 1 ? text : apiVersion;
        kind = number == 2 ? text : kind;
      } else {
        in.skip();
      }
    }
    return GroupVersionKind.of(apiVersion, kind);
  }

  /**
   * The object as a tree, not yet canonical.
   *
   * @throws DecodeFailure when it is no such message, or protobuf does not know the kind
   */
  public ObjectNode object(GroupVersionKind kind, byte[] raw) {
    MessageLayout layout = layouts.ofKind(kind);
    if (layout == null) {
      throw new DecodeFailure("no protobuf form of " + kind.kind());
    }
    return new MessageReader(layouts).message(new WireReader(raw, 0, raw.length), layout);
  }
}

package dev.sallyport.server.endpoint.resource;

import dev.sallyport.resources.registry.ObjectList;
import dev.sallyport.store.StoredObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Objects cut down to their metadata, by copying bytes: in canonical JSON metadata stands right
 * behind kind and apiVersion.
 */
final class PartialMetadata {

  private static final byte[] HEAD =
      bytes("{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":");
  private static final byte[] MEMBER = bytes("\"metadata\":");

  private PartialMetadata() {}

  static byte[] of(StoredObject object) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    append(object, out);
    return out.toByteArray();
  }

  static byte[] of(ObjectList list) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256 + 512 * list.objects().size());
    out.writeBytes(
        bytes(
            "{\"kind\":\"PartialObjectMetadataList\",\"apiVersion\":\"meta.k8s.io/v1\","
                + "\"metadata\":"
                + list.metadata()
                + ",\"items\":["));
    boolean first = true;
    for (StoredObject object : list.objects()) {
      if (!first) {
        out.write(',');
      }
      first = false;
      append(object, out);
    }
    out.writeBytes(bytes("]}"));
    return out.toByteArray();
  }

  /** Of JSON whose head, without the opening brace but with its last comma, is that long. */
  static byte[] of(byte[] json, int headLength) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    append(json, headLength, out);
    return out.toByteArray();
  }

  private static void append(StoredObject object, ByteArrayOutputStream out) {
    append(object.json(), object.headLength(), out);
  }

  private static void append(byte[] json, int headLength, ByteArrayOutputStream out) {
    int start = 1 + headLength + MEMBER.length;
    out.writeBytes(HEAD);
    out.write(json, start, end(json, start) - start);
    out.write('}');
  }

  /** Behind the object that begins there. */
  private static int end(byte[] json, int start) {
    int depth = 0;
    int i = start;
    do {
      switch (json[i]) {
        case '{' -> depth++;
        case '}' -> depth--;
        case '"' -> i = closingQuote(json, i);
        default -> {}
      }
      i++;
    } while (depth > 0);
    return i;
  }

  private static int closingQuote(byte[] json, int open) {
    int i = open + 1;
    while (json[i] != '"') {
      i += json[i] == '\\' ? 2 : 1;
    }
    return i;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

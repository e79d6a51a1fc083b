package dev.sallyport.resources.codec.json;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes objects as they are stored: kind and apiVersion, then metadata, then the rest; inside
 * metadata, first what every stored object has, so that the store knows where to put the
 * resourceVersion.
 */
public final class JsonOutput {

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamWriteConstraints(
              StreamWriteConstraints.builder().maxNestingDepth(2 * JsonInput.MAX_DEPTH).build())
          .build();

  private static final ObjectMapper MAPPER =
      new ObjectMapper(FACTORY).disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE);

  private static final List<String> METADATA_HEAD =
      List.of("name", "generateName", "namespace", "uid");
  private static final String RESOURCE_VERSION = "resourceVersion";

  private JsonOutput() {}

  /**
   * @param headLength bytes up to metadata: the opening brace, kind, apiVersion and their commas
   * @param revisionOffset see store.Draft; 0 when the object has no metadata to put it into
   */
  public record Layout(byte[] json, int headLength, int revisionOffset) {}

  /** Writes an object whole. */
  public static byte[] write(ObjectNode object) {
    return write(object, true).json();
  }

  /** Writes a value of any form. */
  public static byte[] value(JsonNode value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes an object for the store, without a resourceVersion. */
  public static Layout stored(ObjectNode object) {
    return write(object, false);
  }

  private static Layout write(ObjectNode object, boolean withRevision) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    try (JsonGenerator generator = FACTORY.createGenerator(out, JsonEncoding.UTF8)) {
      generator.setCodec(MAPPER);
      generator.writeStartObject();
      member(generator, "kind", object.get("kind"));
      member(generator, "apiVersion", object.get("apiVersion"));
      generator.flush();
      int head = out.size() + (out.size() > 1 ? 1 : 0);
      int revision = 0;
      if (object.get("metadata") instanceof ObjectNode metadata) {
        generator.writeFieldName("metadata");
        revision = metadata(generator, out, metadata, withRevision);
      }
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        if (!isHead(member.getKey(), member.getValue())) {
          member(generator, member.getKey(), member.getValue());
        }
      }
      generator.writeEndObject();
      generator.flush();
      return new Layout(out.toByteArray(), head, revision);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isHead(String name, JsonNode value) {
    return name.equals("kind")
        || name.equals("apiVersion")
        || (name.equals("metadata") && value instanceof ObjectNode);
  }

  private static int metadata(
      JsonGenerator generator, ByteArrayOutputStream out, ObjectNode metadata, boolean withRevision)
      throws IOException {
    generator.writeStartObject();
    boolean any = false;
    for (String name : METADATA_HEAD) {
      JsonNode value = metadata.get(name);
      any |= value != null;
      member(generator, name, value);
    }
    generator.flush();
    int revision = any ? out.size() : 0;
    if (withRevision) {
      member(generator, RESOURCE_VERSION, metadata.get(RESOURCE_VERSION));
    }
    for (Map.Entry<String, JsonNode> member : metadata.properties()) {
      String name = member.getKey();
      if (!METADATA_HEAD.contains(name) && !name.equals(RESOURCE_VERSION)) {
        member(generator, name, member.getValue());
      }
    }
    generator.writeEndObject();
    return revision;
  }

  private static void member(JsonGenerator generator, String name, @Nullable JsonNode value)
      throws IOException {
    if (value != null) {
      generator.writeFieldName(name);
      MAPPER.writeTree(generator, value);
    }
  }
}

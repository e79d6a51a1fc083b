package dev.sallyport.resources.codec;

import dev.sallyport.resources.AnswerEncoder;
import dev.sallyport.resources.BodyFormat;
import dev.sallyport.resources.codec.protobuf.ProtobufOutput;
import dev.sallyport.resources.codec.yaml.YamlOutput;
import java.nio.charset.StandardCharsets;

/** The encoders of answers, one for each format. */
public final class Encoders {

  private Encoders() {}

  public static AnswerEncoder of(BodyFormat format) {
    return switch (format) {
      case JSON -> new Json();
      case YAML -> new Yaml();
      case PROTOBUF -> new Protobuf();
    };
  }

  private static final class Json implements AnswerEncoder {

    private static final byte[] TYPE = "{\"type\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OBJECT = "\",\"object\":".getBytes(StandardCharsets.US_ASCII);

    @Override
    public BodyFormat format() {
      return BodyFormat.JSON;
    }

    @Override
    public byte[] encode(byte[] json) {
      return json;
    }

    @Override
    public byte[] watchFrame(String type, byte[] json) {
      byte[] name = type.getBytes(StandardCharsets.US_ASCII);
      byte[] frame = new byte[TYPE.length + name.length + OBJECT.length + json.length + 2];
      int at = put(frame, 0, TYPE);
      at = put(frame, at, name);
      at = put(frame, at, OBJECT);
      at = put(frame, at, json);
      frame[at] = '}';
      frame[at + 1] = '\n';
      return frame;
    }

    private static int put(byte[] frame, int at, byte[] part) {
      System.arraycopy(part, 0, frame, at, part.length);
      return at + part.length;
    }
  }

  private static final class Yaml implements AnswerEncoder {

    @Override
    public BodyFormat format() {
      return BodyFormat.YAML;
    }

    @Override
    public byte[] encode(byte[] json) {
      return YamlOutput.write(json);
    }

    @Override
    public byte[] watchFrame(String type, byte[] json) {
      throw new UnsupportedOperationException("watches have no YAML form");
    }
  }

  private static final class Protobuf implements AnswerEncoder {

    private final ProtobufOutput output = new ProtobufOutput();

    @Override
    public BodyFormat format() {
      return BodyFormat.PROTOBUF;
    }

    @Override
    public byte[] encode(byte[] json) {
      return output.encode(json);
    }

    @Override
    public byte[] watchFrame(String type, byte[] json) {
      return output.watchFrame(type, json);
    }
  }
}

package dev.sallyport.resources.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sallyport.resources.BodyFormat;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.codec.canonical.DecodeFailure;
import dev.sallyport.resources.codec.json.JsonInput;
import dev.sallyport.resources.codec.protobuf.ProtobufInput;
import dev.sallyport.resources.codec.yaml.YamlInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Takes a body as far as its kind, and to a token stream for its content. */
final class BodyReader {

  private static final ObjectMapper TREES = new ObjectMapper();

  private final ProtobufInput protobuf = new ProtobufInput();

  /** Opens the tokens of a body; each call anew. */
  interface Tokens {
    /**
     * @param kind what the body is, where it does not say itself
     */
    JsonParser open(GroupVersionKind kind) throws IOException;
  }

  /**
   * @param kind as named, each part "" where absent
   * @param problems what strict decoding refuses already
   */
  record Body(GroupVersionKind kind, Tokens parser, List<String> problems) {}

  /**
   * @throws DecodeFailure when the body cannot be read at all
   */
  Body read(BodyFormat format, byte[] body) {
    return switch (format) {
      case JSON -> json(body);
      case YAML -> yaml(body);
      case PROTOBUF -> protobuf(body);
    };
  }

  private static Body json(byte[] body) {
    try {
      return new Body(JsonInput.kind(body), kind -> JsonInput.parser(body), List.of());
    } catch (DecodeFailure e) {
      throw new DecodeFailure("couldn't get version/kind; json parse error: " + e.why());
    }
  }

  private static Body yaml(byte[] body) {
    YamlInput.Document document = YamlInput.read(body);
    List<String> problems =
        document.problems().isEmpty()
            ? List.of()
            : List.of("yaml: unmarshal errors:\n  " + String.join("\n  ", document.problems()));
    return ofTree(document.value(), problems);
  }

  private Body protobuf(byte[] body) {
    ProtobufInput.Envelope envelope = protobuf.open(body);
    return new Body(
        envelope.kind(),
        kind -> TREES.treeAsTokens(protobuf.object(kind, envelope.raw())),
        List.of());
  }

  static Body ofTree(JsonNode tree, List<String> problems) {
    try (JsonParser parser = TREES.treeAsTokens(tree)) {
      return new Body(JsonInput.kind(parser), kind -> TREES.treeAsTokens(tree), problems);
    } catch (DecodeFailure e) {
      throw new DecodeFailure("couldn't get version/kind; json parse error: " + e.why());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

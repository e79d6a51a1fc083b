package dev.sallyport.server.endpoint.resource;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;

/** A patch as the visitors' book writes it: the same JSON on one line. */
final class PatchText {

  private static final JsonFactory JSON = new JsonFactory();

  private PatchText() {}

  /** The document without white space between its parts; empty when it is no JSON. */
  static Optional<byte[]> oneLine(byte[] document) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(document.length);
    try (JsonParser in = JSON.createParser(document);
        JsonGenerator out = JSON.createGenerator(line)) {
      in.nextToken();
      out.copyCurrentStructure(in);
      if (in.nextToken() != null) {
        return Optional.empty();
      }
    } catch (IOException e) {
      return Optional.empty(); // the registry is going to refuse it
    }
    return Optional.of(line.toByteArray());
  }
}

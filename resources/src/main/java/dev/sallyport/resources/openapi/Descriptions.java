package dev.sallyport.resources.openapi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sallyport.resources.schema.SchemaTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What types and fields mean, in this project's words ({@code descriptions.txt}), written into a
 * document on its way out.
 */
final class Descriptions {

  private static final JsonFactory FACTORY = new JsonFactory();

  private final Map<String, String> texts = new HashMap<>();
  private final Set<String> kindTypes;

  private Descriptions(String table, Set<String> kindTypes) {
    this.kindTypes = kindTypes;
    table
        .lines()
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .forEach(
            line -> {
              int space = line.indexOf(' ');
              texts.put(line.substring(0, space), line.substring(space + 1));
            });
  }

  static Descriptions builtIn() {
    return BuiltIn.DESCRIPTIONS;
  }

  private static final class BuiltIn {
    static final Descriptions DESCRIPTIONS = read();

    private static Descriptions read() {
      SchemaTable table = SchemaTable.builtIn();
      Set<String> types = new HashSet<>();
      table.kinds().forEach(kind -> types.add(String.valueOf(table.typeOf(kind))));
      return new Descriptions(OpenApiDocuments.text("descriptions.txt"), types);
    }
  }

  Set<String> names() {
    return Set.copyOf(texts.keySet());
  }

  /** The text of a type, or of one of its fields; null when nobody wrote one. */
  @Nullable String of(String type, String field) {
    String shortName = shortName(type);
    String own = texts.get(field.isEmpty() ? shortName : shortName + "." + field);
    return own == null && kindTypes.contains(type) ? texts.get("*." + field) : own;
  }

  /** The last two parts and what stands before them, if that is needed to tell them apart. */
  static String shortName(String type) {
    int kind = type.lastIndexOf('.');
    int version = type.lastIndexOf('.', kind - 1);
    return type.substring(type.lastIndexOf('.', version - 1) + 1);
  }

  byte[] addTo(byte[] json) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(json.length * 5 / 4);
    try (JsonParser parser = FACTORY.createParser(json);
        JsonGenerator generator = FACTORY.createGenerator(out)) {
      copy(parser, generator);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private void copy(JsonParser parser, JsonGenerator generator) throws IOException {
    List<String> path = new ArrayList<>();
    while (parser.nextToken() != null) {
      generator.copyCurrentEvent(parser);
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        String name = parser.getParsingContext().getParent().getCurrentName();
        path.add(name == null ? "" : name);
        describe(path, generator);
      } else if (parser.currentToken() == JsonToken.END_OBJECT) {
        path.remove(path.size() - 1);
      }
    }
  }

  /** The path is: nothing, components, schemas, the type; and then properties and the field. */
  private void describe(List<String> path, JsonGenerator generator) throws IOException {
    if (path.size() < 4 || !path.get(1).equals("components") || !path.get(2).equals("schemas")) {
      return;
    }
    String text = null;
    if (path.size() == 4) {
      text = of(path.get(3), "");
    } else if (path.size() == 6 && path.get(4).equals("properties")) {
      text = of(path.get(3), path.get(5));
    }
    if (text != null) {
      generator.writeStringField("description", text);
    }
  }
}

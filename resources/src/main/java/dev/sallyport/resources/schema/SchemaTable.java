package dev.sallyport.resources.schema;

import dev.sallyport.resources.GroupVersionKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * {@code schemas.txt}, and {@code sallyport.txt} with the kinds of Sallyport's own, as text,
 * indexed by type; a type's lines are taken apart only when asked for.
 *
 * <p>Letters of types: s string, b boolean, i and l 32- and 64-bit integers, d double, y bytes, t
 * Time, m MicroTime, q Quantity, x IntOrString, a any JSON kept as raw bytes in protobuf, u v w a
 * JSON schema or an array, boolean or list of strings. {@code [} before a type makes a list of it,
 * {@code &#123;} a map; everything longer is a struct's name. Letters of presence: a always, n
 * always or null, o unless empty, w when set.
 */
public final class SchemaTable {

  private final String text;
  private final Map<String, Integer> offsets = new HashMap<>();
  private final Map<GroupVersionKind, String> kinds = new HashMap<>();

  private SchemaTable(String text) {
    this.text = text;
    int start = text.indexOf("\n!") + 1;
    while (start > 0) {
      int end = text.indexOf('\n', start);
      type(text.substring(start + 1, end), end + 1);
      start = text.indexOf("\n!", end - 1) + 1;
    }
  }

  /** The table of the built-in kinds, shared by all that read it. */
  public static SchemaTable builtIn() {
    return BuiltIn.TABLE;
  }

  /** Read when first asked for, not when a class is loaded that mentions it. */
  private static final class BuiltIn {
    static final SchemaTable TABLE = read();

    private static SchemaTable read() {
      return new SchemaTable(text("schemas.txt") + text("sallyport.txt"));
    }

    private static String text(String resource) {
      try (InputStream in = SchemaTable.class.getResourceAsStream(resource)) {
        if (in == null) {
          throw new IllegalStateException(resource + " is missing");
        }
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void type(String header, int bodyOffset) {
    StringTokenizer words = new StringTokenizer(header, "\t");
    String name = words.nextToken();
    offsets.put(name, bodyOffset);
    while (words.hasMoreTokens()) {
      String kind = words.nextToken();
      int slash = kind.indexOf('/');
      int last = kind.lastIndexOf('/');
      kinds.put(
          new GroupVersionKind(
              kind.substring(0, slash), kind.substring(slash + 1, last), kind.substring(last + 1)),
          name);
    }
  }

  /** The type of a kind, or null. */
  public @Nullable String typeOf(GroupVersionKind kind) {
    return kinds.get(kind);
  }

  /** All kinds that have a schema, reviews, lists and options among them. */
  public Set<GroupVersionKind> kinds() {
    return Set.copyOf(kinds.keySet());
  }

  /** A type's fields. */
  List<FieldRow> rows(String type) {
    Integer offset = offsets.get(type);
    if (offset == null) {
      throw new IllegalArgumentException("no type " + type);
    }
    List<FieldRow> rows = new ArrayList<>();
    int start = offset;
    while (start < text.length() && text.charAt(start) != '!') {
      int end = text.indexOf('\n', start);
      rows.add(FieldRow.parse(text.substring(start, end)));
      start = end + 1;
    }
    return rows;
  }

  /** A type's fields as protobuf carries them; those that it does not carry are left out. */
  public List<ProtobufField> protobuf(String type) {
    List<ProtobufField> fields = new ArrayList<>();
    for (FieldRow row : rows(type)) {
      if (!row.protobuf().equals("-")) {
        fields.add(new ProtobufField(row.name(), row.type(), numbers(row.protobuf())));
      }
    }
    return fields;
  }

  private static List<Integer> numbers(String path) {
    List<Integer> numbers = new ArrayList<>();
    StringTokenizer steps = new StringTokenizer(path, ".");
    while (steps.hasMoreTokens()) {
      numbers.add(Integer.parseInt(steps.nextToken()));
    }
    return numbers;
  }

  /**
   * @param type see {@link SchemaTable}
   * @param path the field's number, behind those of embedded messages around it
   */
  public record ProtobufField(String name, String type, List<Integer> path) {
    public ProtobufField {
      path = List.copyOf(path);
    }
  }
}

package dev.sallyport.resources.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Reason;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.resources.BodyFormat;
import dev.sallyport.resources.FieldValidation;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.ObjectCodec;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.SchemaSource;
import dev.sallyport.resources.StructSchema;
import dev.sallyport.resources.codec.canonical.Canonicalizer;
import dev.sallyport.resources.codec.canonical.DecodeFailure;
import dev.sallyport.resources.codec.canonical.Problems;
import dev.sallyport.resources.codec.json.JsonInput;
import dev.sallyport.resources.codec.json.JsonOutput;
import dev.sallyport.store.Draft;
import dev.sallyport.store.Key;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes objects of kinds that have a schema. Any thread. */
public final class BuiltInCodec implements ObjectCodec {

  private static final String DELETE_OPTIONS = "DeleteOptions";

  private static final ObjectMapper TREES = new ObjectMapper();

  private final SchemaSource schemas;
  private final BodyReader bodies = new BodyReader();

  public BuiltInCodec(SchemaSource schemas) {
    this.schemas = schemas;
  }

  @Override
  public Decoded decode(
      BodyFormat format, byte[] body, GroupVersionKind expected, FieldValidation validation) {
    checkSize(body);
    BodyReader.Body read;
    try {
      read = bodies.read(format, body);
    } catch (DecodeFailure e) {
      throw Refusals.unrecognized(expected, e.why(), body);
    }
    return decode(read, expected, validation);
  }

  static void checkSize(byte[] body) {
    if (body.length > JsonInput.MAX_BYTES) {
      throw new StatusException(
          new Status(
              413,
              Reason.REQUEST_ENTITY_TOO_LARGE,
              "Request entity too large: limit is " + JsonInput.MAX_BYTES,
              null));
    }
  }

  private Decoded decode(
      BodyReader.Body body, GroupVersionKind expected, FieldValidation validation) {
    GroupVersionKind named = completed(body.kind(), expected);
    GroupVersionKind typed = typed(named);
    try (JsonParser parser = open(body, typed)) {
      StructSchema schema = schemaOf(typed);
      Problems problems = new Problems();
      body.problems().forEach(problems::add);
      ObjectNode object = new Canonicalizer(parser, problems).read(schema);
      if (!named.equals(expected)) {
        checkSame(named, expected);
      }
      object.put("kind", expected.kind());
      object.put("apiVersion", expected.apiVersion());
      return judged(object, problems.texts(), named, expected, validation);
    } catch (DecodeFailure e) {
      throw Refusals.unfit(named, expected, e.why());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A body without a kind is taken to be of the expected one, one without a version likewise. */
  private static GroupVersionKind completed(GroupVersionKind named, GroupVersionKind expected) {
    String kind = named.kind().isEmpty() ? expected.kind() : named.kind();
    return named.version().isEmpty()
        ? new GroupVersionKind(expected.group(), expected.version(), kind)
        : named.withKind(kind);
  }

  /** Every group knows the options of a deletion; they are one type. */
  private static GroupVersionKind typed(GroupVersionKind named) {
    return named.kind().equals(DELETE_OPTIONS)
        ? new GroupVersionKind("", "v1", DELETE_OPTIONS)
        : named;
  }

  private JsonParser open(BodyReader.Body body, GroupVersionKind kind) throws IOException {
    schemaOf(kind);
    return body.parser().open(kind);
  }

  private StructSchema schemaOf(GroupVersionKind kind) {
    StructSchema schema = schemas.schema(kind);
    if (schema == null) {
      throw new DecodeFailure(Refusals.notRegistered(kind));
    }
    return schema;
  }

  private static void checkSame(GroupVersionKind named, GroupVersionKind expected) {
    if (!named.kind().equals(expected.kind())) {
      throw new DecodeFailure(Refusals.unknownConversion(named, expected));
    }
    if (!named.kind().equals(DELETE_OPTIONS)) {
      throw Refusals.otherVersion(named, expected);
    }
  }

  static Decoded judged(
      ObjectNode object,
      List<String> problems,
      GroupVersionKind named,
      GroupVersionKind expected,
      FieldValidation validation) {
    return switch (validation) {
      case IGNORE -> new Decoded(object, List.of());
      case WARN -> new Decoded(object, problems);
      case STRICT -> {
        if (!problems.isEmpty()) {
          throw Refusals.unfit(named, expected, Refusals.strict(problems));
        }
        yield new Decoded(object, problems);
      }
    };
  }

  @Override
  public Decoded canonicalize(
      ObjectNode object, GroupVersionKind expected, FieldValidation validation) {
    BodyReader.Body body;
    try {
      body = BodyReader.ofTree(object, List.of());
    } catch (DecodeFailure e) {
      throw Refusals.unrecognized(expected, e.why(), write(object));
    }
    return decode(body, expected, validation);
  }

  @Override
  public ObjectNode read(byte[] json) {
    return JsonInput.trusted(json);
  }

  @Override
  public GroupVersionKind peekKind(BodyFormat format, byte[] body) {
    checkSize(body);
    try {
      return bodies.read(format, body).kind();
    } catch (DecodeFailure e) {
      throw Refusals.unrecognized(new GroupVersionKind("", "", ""), e.why(), body);
    }
  }

  @Override
  public ObjectNode tree(BodyFormat format, byte[] body) {
    checkSize(body);
    GroupVersionKind nobody = new GroupVersionKind("", "", "");
    try {
      BodyReader.Body read = bodies.read(format, body);
      try (JsonParser parser = read.parser().open(read.kind())) {
        return TREES.readTree(parser) instanceof ObjectNode object
            ? object
            : TREES.createObjectNode();
      }
    } catch (DecodeFailure e) {
      throw Refusals.unrecognized(nobody, e.why(), body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public byte[] write(ObjectNode object) {
    return JsonOutput.write(object);
  }

  @Override
  public Draft draft(ResourceDefinition definition, ObjectNode object) {
    return Drafts.of(definition, object);
  }

  @Override
  public Draft index(ResourceDefinition definition, Key key, byte[] json) {
    ObjectNode object;
    try {
      object = JsonInput.trusted(json);
    } catch (UncheckedIOException | ClassCastException e) {
      throw new IllegalArgumentException("no JSON object", e);
    }
    @Nullable ObjectNode metadata =
        object.get("metadata") instanceof ObjectNode found ? found : null;
    if (metadata == null
        || !metadata.path("name").asText().equals(key.name())
        || !metadata.path("namespace").asText().equals(key.namespace())) {
      throw new IllegalArgumentException("metadata does not name " + key);
    }
    return Drafts.of(definition, object);
  }
}

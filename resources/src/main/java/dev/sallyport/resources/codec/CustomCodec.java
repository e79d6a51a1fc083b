package dev.sallyport.resources.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Reason;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusDetails;
import dev.sallyport.api.StatusException;
import dev.sallyport.resources.BodyFormat;
import dev.sallyport.resources.CustomKind;
import dev.sallyport.resources.CustomKinds;
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
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.store.Draft;
import dev.sallyport.store.Key;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * Reads and writes objects of custom kinds by their definitions' schemas, and all others as {@link
 * BuiltInCodec} does. Any thread.
 */
public final class CustomCodec implements ObjectCodec {

  private static final ObjectMapper TREES = new ObjectMapper();
  private static final int SHOWN = 256;

  private final BuiltInCodec builtIn;
  private final CustomKinds kinds;
  private final StructSchema metadata;
  private final BodyReader bodies = new BodyReader();

  public CustomCodec(BuiltInCodec builtIn, SchemaSource schemas, CustomKinds kinds) {
    this.builtIn = builtIn;
    this.kinds = kinds;
    this.metadata =
        Objects.requireNonNull(
            schemas.schema(new GroupVersionKind("meta.k8s.io", "v1", "PartialObjectMetadata")));
  }

  @Override
  public Decoded decode(
      BodyFormat format, byte[] body, GroupVersionKind expected, FieldValidation validation) {
    CustomKind kind = kinds.find(expected);
    if (kind == null) {
      return builtIn.decode(format, body, expected, validation);
    }
    BuiltInCodec.checkSize(body);
    if (format == BodyFormat.PROTOBUF) {
      throw noProtobuf();
    }
    try {
      return decode(bodies.read(format, body), kind, validation, body);
    } catch (DecodeFailure e) {
      throw Refusals.unrecognized(expected, e.why(), body);
    }
  }

  /** 415: protobuf has no message for what is defined at run time. */
  private static StatusException noProtobuf() {
    return new StatusException(
        new Status(
            415,
            Reason.UNSUPPORTED_MEDIA_TYPE,
            "the body of the request was in an unknown format - accepted media types include:"
                + " application/json, application/yaml",
            StatusDetails.EMPTY));
  }

  private Decoded decode(
      BodyReader.Body body, CustomKind kind, FieldValidation validation, byte[] text) {
    GroupVersionKind expected = kind.kind();
    GroupVersionKind named = body.kind();
    if (named.kind().isEmpty()) {
      throw new DecodeFailure("Object 'Kind' is missing in '" + shown(text) + "'");
    }
    Problems problems = new Problems();
    body.problems().forEach(problems::add);
    ObjectNode object = tree(body, problems, named, expected);
    if (!named.apiVersion().equals(expected.apiVersion())) {
      throw Refusals.otherVersion(named, expected);
    }
    if (!named.kind().equals(expected.kind())) {
      throw otherKind(object, named, expected);
    }
    return BuiltInCodec.judged(
        settled(object, kind, problems, named), problems.texts(), named, expected, validation);
  }

  private static String shown(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN);
  }

  private static ObjectNode tree(
      BodyReader.Body body, Problems problems, GroupVersionKind named, GroupVersionKind expected) {
    try (JsonParser parser = body.parser().open(expected)) {
      JsonNode tree = new FreeTree(parser, problems).read();
      return tree instanceof ObjectNode object ? object : TREES.createObjectNode();
    } catch (DecodeFailure e) {
      throw Refusals.unfit(named, expected, e.why());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static StatusException otherKind(
      ObjectNode object, GroupVersionKind named, GroupVersionKind expected) {
    Faults faults = new Faults();
    faults.invalid("kind", named.kind(), "must be " + expected.kind());
    return new StatusException(
        Status.invalid(
            expected.group(),
            expected.kind(),
            object.path("metadata").path("name").asText(),
            faults.causes()));
  }

  /** Without what the schema does not know, in canonical order. */
  private ObjectNode settled(
      ObjectNode object, CustomKind kind, Problems problems, GroupVersionKind named) {
    object.set("metadata", metadata(object, problems, named, kind.kind()));
    for (String path : kind.prune(object)) {
      problems.add("unknown field \"" + path + "\"");
    }
    return SortedTree.of(object);
  }

  /** The metadata alone has a schema of its own in every kind. */
  private JsonNode metadata(
      ObjectNode object, Problems problems, GroupVersionKind named, GroupVersionKind expected) {
    ObjectNode part = object.objectNode();
    if (object.get("metadata") != null) {
      part.set("metadata", object.get("metadata"));
    }
    try (JsonParser parser = TREES.treeAsTokens(part)) {
      return new Canonicalizer(parser, problems).read(metadata).path("metadata");
    } catch (DecodeFailure e) {
      throw Refusals.unfit(named, expected, e.why());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Decoded canonicalize(
      ObjectNode object, GroupVersionKind expected, FieldValidation validation) {
    CustomKind kind = kinds.find(expected);
    if (kind == null) {
      return builtIn.canonicalize(object, expected, validation);
    }
    ObjectNode copy = object.deepCopy();
    if (!copy.has("kind")) {
      copy.put("kind", expected.kind());
    }
    if (!copy.has("apiVersion")) {
      copy.put("apiVersion", expected.apiVersion());
    }
    byte[] text = new byte[0];
    try {
      return decode(BodyReader.ofTree(copy, List.of()), kind, validation, text);
    } catch (DecodeFailure e) {
      throw Refusals.unrecognized(expected, e.why(), write(object));
    }
  }

  @Override
  public ObjectNode read(byte[] json) {
    return JsonInput.trusted(json);
  }

  @Override
  public GroupVersionKind peekKind(BodyFormat format, byte[] body) {
    return builtIn.peekKind(format, body);
  }

  @Override
  public ObjectNode tree(BodyFormat format, byte[] body) {
    return builtIn.tree(format, body);
  }

  @Override
  public byte[] write(ObjectNode object) {
    return builtIn.write(object);
  }

  @Override
  public Draft draft(ResourceDefinition definition, ObjectNode object) {
    return Drafts.of(definition, object);
  }

  @Override
  public Draft index(ResourceDefinition definition, Key key, byte[] json) {
    return builtIn.index(definition, key, json);
  }
}

package dev.sallyport.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.store.Draft;
import dev.sallyport.store.Key;
import java.util.List;

/**
 * Between bytes and objects. An object is a Jackson tree in canonical form: only fields of its
 * schema, values normalised, zero values left out where the published types leave them out, {@code
 * kind} and {@code apiVersion} first. Any thread.
 */
public interface ObjectCodec {

  /** A body as it was understood. */
  record Decoded(ObjectNode object, List<String> warnings) {
    public Decoded {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * Reads a body that should hold that kind.
   *
   * @param expected what the endpoint takes; a body that names no kind or no version is taken to be
   *     that one
   * @throws dev.sallyport.api.StatusException 400 for what cannot be read or is of another kind
   */
  Decoded decode(
      BodyFormat format, byte[] body, GroupVersionKind expected, FieldValidation validation);

  /**
   * Brings a tree into canonical form, such as the outcome of a patch. The tree is not changed.
   *
   * @throws dev.sallyport.api.StatusException as {@link #decode}
   */
  Decoded canonicalize(ObjectNode object, GroupVersionKind expected, FieldValidation validation);

  /** Reads JSON that this codec wrote; nothing is checked. */
  ObjectNode read(byte[] json);

  /**
   * Reads the kind that a body names, and no more, for endpoints that take several kinds.
   *
   * @return group, version and kind as named, each "" where absent
   * @throws dev.sallyport.api.StatusException 400 for what cannot be read
   */
  GroupVersionKind peekKind(BodyFormat format, byte[] body);

  /**
   * Reads a body as it stands: no schema, nothing checked, nothing left out.
   *
   * @throws dev.sallyport.api.StatusException 400 for what cannot be read or is no object
   */
  ObjectNode tree(BodyFormat format, byte[] body);

  /** Writes a canonical object as JSON. */
  byte[] write(ObjectNode object);

  /** Writes a canonical object for the store; a resourceVersion it may carry is left out. */
  Draft draft(ResourceDefinition definition, ObjectNode object);

  /**
   * Makes a draft of stored JSON.
   *
   * @throws IllegalArgumentException when it is no object of that kind
   */
  Draft index(ResourceDefinition definition, Key key, byte[] json);
}

package dev.sallyport.server.response;

import dev.sallyport.resources.BodyFormat;

/**
 * The form in which a client gets an object.
 *
 * @param format the encoding
 * @param transform what becomes of the object before it is encoded
 * @param pretty whether JSON is indented for a reader
 */
public record Representation(BodyFormat format, Transform transform, boolean pretty) {

  /** The stored bytes as they are. */
  public static final Representation JSON =
      new Representation(BodyFormat.JSON, Transform.NONE, false);

  /** What a client may ask to have made of an object or list. */
  public enum Transform {
    NONE,
    /** Printed rows (as=Table). */
    TABLE,
    /** One object's metadata (as=PartialObjectMetadata). */
    METADATA,
    /** A list's metadata (as=PartialObjectMetadataList). */
    METADATA_LIST
  }

  /** Whether stored bytes may be sent without looking into them. */
  public boolean verbatim() {
    return format == BodyFormat.JSON && transform == Transform.NONE && !pretty;
  }

  Representation prettied() {
    return new Representation(format, transform, true);
  }
}

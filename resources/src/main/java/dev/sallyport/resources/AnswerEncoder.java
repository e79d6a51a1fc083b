package dev.sallyport.resources;

/**
 * Turns canonical JSON into the format that a client asked for. One per {@link BodyFormat}; any
 * thread. JSON itself passes unchanged.
 */
public interface AnswerEncoder {

  BodyFormat format();

  /**
   * A whole object or list.
   *
   * @param json canonical JSON with kind and apiVersion
   * @throws dev.sallyport.api.StatusException 406 when the format does not know the kind (protobuf:
   *     a custom resource, a Table)
   */
  byte[] encode(byte[] json);

  /**
   * One frame of a watch.
   *
   * @param type ADDED, MODIFIED, DELETED, BOOKMARK or ERROR
   * @param json the event's object, with kind and apiVersion
   * @throws UnsupportedOperationException when the format has no watches (YAML)
   */
  byte[] watchFrame(String type, byte[] json);
}

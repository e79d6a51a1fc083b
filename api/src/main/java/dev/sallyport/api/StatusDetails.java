package dev.sallyport.api;

import java.util.List;

/**
 * What a {@link Status} is about; "" and 0 are absent on the wire.
 *
 * @param retryAfterSeconds seconds a client should wait before it tries again
 */
public record StatusDetails(
    String name,
    String group,
    String kind,
    String uid,
    List<StatusCause> causes,
    int retryAfterSeconds) {

  /** Details that say nothing: {@code "details": {}}. */
  public static final StatusDetails EMPTY = new StatusDetails("", "", "", "", List.of(), 0);

  public StatusDetails {
    causes = List.copyOf(causes);
  }

  /** Details naming one object or, with an empty name, a collection. */
  public static StatusDetails of(String group, String kind, String name) {
    return new StatusDetails(name, group, kind, "", List.of(), 0);
  }
}

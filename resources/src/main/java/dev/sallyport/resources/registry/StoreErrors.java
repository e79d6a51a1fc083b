package dev.sallyport.resources.registry;

import dev.sallyport.api.Reason;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusCause;
import dev.sallyport.api.StatusDetails;
import dev.sallyport.api.StatusException;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.store.StoreException;
import java.util.List;

/** The one place where the store's refusals become the API's. */
public final class StoreErrors {

  static final String MODIFIED =
      "the object has been modified; please apply your changes to the latest version and try again";

  private StoreErrors() {}

  /**
   * The answer to a failed store call.
   *
   * @param name the object's name, or "" for a collection
   */
  public static StatusException translate(
      StoreException failure, ResourceDefinition resource, String name) {
    return new StatusException(
        switch (failure.kind()) {
          case NOT_FOUND -> Status.notFound(resource.group(), resource.plural(), name);
          case EXISTS -> Status.alreadyExists(resource.group(), resource.plural(), name);
          case CONFLICT -> Status.conflict(resource.group(), resource.plural(), name, MODIFIED);
          case COMPACTED ->
              new Status(
                  410,
                  Reason.EXPIRED,
                  "The resourceVersion for the provided list is too old.",
                  null);
          case FUTURE -> tooLarge(0, failure.currentRevision());
          case UNAVAILABLE ->
              new Status(
                  503,
                  Reason.SERVICE_UNAVAILABLE,
                  "the store cannot be used now: " + failure.getMessage(),
                  null);
          case DAMAGED -> Status.internalError(String.valueOf(failure.getMessage()));
        });
  }

  /** The failure as the API answers it: a StoreException translated, anything else as it is. */
  static RuntimeException translated(Throwable failure, ResourceDefinition resource, String name) {
    if (failure instanceof StoreException store) {
      return translate(store, resource, name);
    }
    return failure instanceof RuntimeException runtime
        ? runtime
        : new IllegalStateException(failure);
  }

  /** 504: the client asks for what has not happened yet. */
  public static Status tooLarge(long wanted, long current) {
    return new Status(
        504,
        Reason.TIMEOUT,
        "Timeout: Too large resource version: " + wanted + ", current: " + current,
        new StatusDetails(
            "",
            "",
            "",
            "",
            List.of(new StatusCause("ResourceVersionTooLarge", "Too large resource version", "")),
            1));
  }

  /**
   * 410 for a page of a list whose version history no longer holds.
   *
   * @param resume a token for the rest of the list as it is now
   */
  static Status continueExpired(String resume) {
    return new Status(
        410,
        Reason.EXPIRED,
        "The version at which this list began is gone. Start the list anew, or take the continue"
            + " token of this answer for the rest of it as it is now: what was written since the"
            + " first page may then be missing, or be there twice.",
        null,
        resume);
  }

  /** 410 for a watch from a version that history no longer holds. */
  public static Status watchExpired(long wanted, long oldest) {
    return new Status(
        410, Reason.EXPIRED, "too old resource version: " + wanted + " (" + oldest + ")", null);
  }
}

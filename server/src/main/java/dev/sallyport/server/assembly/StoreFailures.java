package dev.sallyport.server.assembly;

import dev.sallyport.api.Reason;
import dev.sallyport.api.Status;
import dev.sallyport.resources.registry.StoreErrors;
import dev.sallyport.store.StoreException;

/** What a failure of the store means where no resource is known to tell it in the API's words. */
final class StoreFailures {

  private StoreFailures() {}

  static Status status(StoreException failure) {
    return switch (failure.kind()) {
      case FUTURE -> StoreErrors.tooLarge(0, failure.currentRevision());
      case COMPACTED ->
          new Status(410, Reason.EXPIRED, "The provided resource version is too old.", null);
      case UNAVAILABLE ->
          new Status(503, Reason.SERVICE_UNAVAILABLE, "the store cannot be used now", null);
      default -> Status.internalError("the store did not do what it was asked");
    };
  }
}

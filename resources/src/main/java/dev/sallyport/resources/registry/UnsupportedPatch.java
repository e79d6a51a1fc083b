package dev.sallyport.resources.registry;

import dev.sallyport.api.Reason;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusDetails;
import dev.sallyport.api.StatusException;
import dev.sallyport.resources.ResourceDefinition;

/** 415 for a content type that is no patch, or none that the kind knows. */
public final class UnsupportedPatch {

  private UnsupportedPatch() {}

  public static StatusException of(ResourceDefinition resource) {
    return new StatusException(
        resource.custom() == null
            ? new Status(
                415,
                Reason.UNSUPPORTED_MEDIA_TYPE,
                "415: Unsupported Media Type",
                StatusDetails.EMPTY)
            : new Status(
                415,
                Reason.UNSUPPORTED_MEDIA_TYPE,
                "the body of the request was in an unknown format - accepted media types include:"
                    + " application/json-patch+json, application/merge-patch+json,"
                    + " application/apply-patch+yaml",
                null));
  }
}

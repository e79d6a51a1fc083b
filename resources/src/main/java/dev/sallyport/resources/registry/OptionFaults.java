package dev.sallyport.resources.registry;

import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.resources.validation.Faults;

/** Refusals of a request's options, which are objects of their own to the API. */
final class OptionFaults {

  private OptionFaults() {}

  /** 422 when there are faults. */
  static void refuse(String kind, Faults faults) {
    if (!faults.none()) {
      throw new StatusException(Status.invalid("meta.k8s.io", kind, "", faults.causes()));
    }
  }

  static StatusException badRequest(String message) {
    return new StatusException(Status.badRequest(message));
  }

  /** The text with which a number that is none is refused. */
  static String notANumber(String function, String text) {
    return "strconv.%s: parsing %s: invalid syntax"
        .formatted(function, dev.sallyport.api.Quoted.of(text));
  }
}

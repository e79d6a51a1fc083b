package dev.sallyport.resources.registry;

import dev.sallyport.api.Quoted;

/** Reads resource versions as clients send them. */
final class ResourceVersions {

  private ResourceVersions() {}

  /** Not a version; the message says why, in the API's words. */
  static final class Malformed extends RuntimeException {
    @java.io.Serial private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message, null, false, false);
    }
  }

  /** The number; 0 for "". */
  static long parse(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    try {
      return Long.parseUnsignedLong(text);
    } catch (NumberFormatException e) {
      throw new Malformed(
          "resourceVersion: Invalid value: "
              + Quoted.of(text)
              + ": "
              + OptionFaults.notANumber("ParseUint", text));
    }
  }

  /** As {@link #parse}, refused as 400. */
  static long parseOrRefuse(String text) {
    try {
      return parse(text);
    } catch (Malformed e) {
      throw OptionFaults.badRequest("invalid resource version: " + e.getMessage());
    }
  }
}

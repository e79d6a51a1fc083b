package dev.sallyport.authn.configuration;

import dev.sallyport.config.document.Fields;
import dev.sallyport.config.flags.GoDuration;
import java.time.Duration;
import java.util.Optional;

/** Reads times within bounds. */
final class Times {
  private Times() {}

  /** The time of a field, the standard one when it is missing or at fault, which is noted. */
  static Duration read(
      Fields fields, String field, Duration standard, Duration least, Duration most) {
    Optional<String> text = fields.optionalText(field);
    if (text.isEmpty()) {
      return standard;
    }
    try {
      Duration time = GoDuration.parse(text.get());
      if (time.compareTo(least) >= 0 && time.compareTo(most) <= 0) {
        return time;
      }
    } catch (IllegalArgumentException e) {
      // Told below.
    }
    String expected = "a time from " + GoDuration.format(least) + " to " + GoDuration.format(most);
    fields.fault(field, Told.wrong(text.get(), expected));
    return standard;
  }
}

package dev.sallyport.resources.structural.value;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.resources.structural.tree.Constraints;
import dev.sallyport.resources.structural.tree.Constraints.Range;
import dev.sallyport.resources.structural.tree.Equality;
import dev.sallyport.resources.structural.tree.Place;
import dev.sallyport.resources.structural.tree.Regex;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Texts, numbers and choices. */
final class ScalarCheck {
  private final Place place;

  ScalarCheck(Place place) {
    this.place = place;
  }

  void check(@Nullable Constraints constraints, JsonNode value, Outcome outcome) {
    if (value.isTextual()) {
      if (constraints != null) {
        text(constraints, value, outcome);
      }
      outcome.matched();
    } else if (value.isNumber()) {
      if (constraints != null && constraints.range() != null) {
        number(constraints.range(), value, outcome);
      }
      outcome.matched();
      outcome.matched();
    }
  }

  void choice(@Nullable Constraints constraints, JsonNode value, Outcome outcome) {
    outcome.matched();
    if (constraints == null || constraints.choices().isEmpty()) {
      return;
    }
    for (JsonNode choice : constraints.choices()) {
      if (Equality.same(choice, value)) {
        return;
      }
    }
    outcome.add(Causes.unsupported(place.path(), value, constraints.choices()));
  }

  /** Of length and pattern only the first fault is told. */
  private void text(Constraints constraints, JsonNode value, Outcome outcome) {
    String text = value.textValue();
    Regex pattern = constraints.pattern();
    if (constraints.maxLength() != Constraints.NONE
        && text.codePointCount(0, text.length()) > constraints.maxLength()) {
      outcome.add(Causes.tooLong(place.path(), constraints.maxLength()));
    } else if (text.codePointCount(0, text.length()) < constraints.minLength()) {
      refuse(value, "should be at least " + constraints.minLength() + " chars long", outcome);
    } else if (pattern != null && !pattern.found(text)) {
      refuse(value, "should match '" + pattern.text() + "'", outcome);
    }
    String format = constraints.format();
    if (!format.isEmpty() && !Formats.fits(format, text)) {
      String path = place.path();
      outcome.add(
          Causes.wrongType(
              path, text, path + " in body must be of type " + format + ": " + Shown.of(value)));
    }
  }

  private void number(Range range, JsonNode value, Outcome outcome) {
    Double multipleOf = range.multipleOf();
    if (multipleOf != null && !isMultiple(value, multipleOf)) {
      refuse(value, "should be a multiple of " + Shown.of(multipleOf), outcome);
    }
    Double minimum = range.minimum();
    if (minimum != null) {
      int compared = compare(value, minimum);
      if (compared < 0 || (compared == 0 && range.minimumExcluded())) {
        String words =
            range.minimumExcluded()
                ? "should be greater than "
                : "should be greater than or equal to ";
        refuse(value, words + Shown.of(minimum), outcome);
      }
    }
    Double maximum = range.maximum();
    if (maximum != null) {
      int compared = compare(value, maximum);
      if (compared > 0 || (compared == 0 && range.maximumExcluded())) {
        String words =
            range.maximumExcluded() ? "should be less than " : "should be less than or equal to ";
        refuse(value, words + Shown.of(maximum), outcome);
      }
    }
  }

  private static boolean isMultiple(JsonNode value, double factor) {
    if (value.isIntegralNumber() && factor == Math.rint(factor) && factor != 0) {
      return value.longValue() % (long) factor == 0;
    }
    double times = value.doubleValue() / factor;
    double nearest = Math.rint(times);
    // Decimal fractions are no binary ones: 0.3 is three times 0.1 up to the last bits.
    return Math.abs(times - nearest) <= 1e-9 * Math.max(1, Math.abs(times));
  }

  private static int compare(JsonNode value, double bound) {
    return value.isIntegralNumber() && bound == Math.rint(bound) && Math.abs(bound) < 1e18
        ? value.bigIntegerValue().compareTo(BigInteger.valueOf((long) bound))
        : Double.compare(value.doubleValue(), bound);
  }

  private void refuse(JsonNode value, String what, Outcome outcome) {
    String path = place.path();
    outcome.add(Causes.invalid(path, value, path + " in body " + what));
  }
}

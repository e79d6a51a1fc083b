package dev.sallyport.resources.structural.rules;

import dev.sallyport.api.StatusCause;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the rules of one definition would cost at worst, each and together. */
final class RuleCosts {

  /** Of one rule, for all values of one object. */
  private static final double EACH = 10_000_000;

  private static final double TOGETHER = 100_000_000;
  private static final int TOLD = 4;

  private static final String HINT =
      " (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays,"
          + " maps, and strings are declared)";

  private record Cost(String field, double units) {}

  private final List<Cost> costly = new ArrayList<>();
  private double total;

  /** Counts an expression; tells when it alone is too much. */
  Optional<StatusCause> observe(String field, String what, double units) {
    total += units;
    if (units >= TOGETHER / 100) {
      costly.add(new Cost(field, units));
    }
    return units > EACH
        ? Optional.of(forbidden(field, what + exceeds(units / EACH)))
        : Optional.empty();
  }

  /** The most expensive ones and the whole, when they are too much together. */
  List<StatusCause> tooMuch(String path) {
    List<StatusCause> causes = new ArrayList<>();
    if (total <= TOGETHER) {
      return causes;
    }
    costly.sort(Comparator.comparingDouble(Cost::units).reversed());
    for (Cost cost : costly.subList(0, Math.min(TOLD, costly.size()))) {
      causes.add(
          forbidden(
              cost.field,
              "contributed to estimated rule cost total exceeding cost limit for entire"
                  + " OpenAPIv3 schema"));
    }
    causes.add(
        forbidden(
            path,
            "x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema"
                + exceeds(total / TOGETHER)));
    return causes;
  }

  private static String exceeds(double factor) {
    String times =
        factor > 100
            ? "more than 100x"
            : factor < 1.5
                ? String.format(Locale.ROOT, "%fx", factor)
                : String.format(Locale.ROOT, "%.1fx", factor);
    return " exceeds budget by factor of " + times + HINT;
  }

  private static StatusCause forbidden(String field, String why) {
    return new StatusCause("FieldValueForbidden", "Forbidden: " + why, field);
  }
}

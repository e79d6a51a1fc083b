package dev.sallyport.expressions.functions;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.sallyport.expressions.functions.Family.Typed;
import java.math.BigDecimal;

/** Resource quantities, such as 100m and 1.5Gi. */
final class QuantityFunctions {

  static final CelType QUANTITY = OpaqueType.create("kubernetes.Quantity");

  private static final Typed<Quantity> TYPED = new Typed<>(QUANTITY, Quantity.class);
  private static final Typed<Long> INT = new Typed<>(SimpleType.INT, Long.class);

  private QuantityFunctions() {}

  static Family family() {
    Family family = new Family();
    family.global(
        "quantity",
        "string_to_quantity",
        QUANTITY,
        SimpleType.STRING,
        String.class,
        QuantityFunctions::parse);
    family.global(
        "isQuantity",
        "is_quantity_string",
        SimpleType.BOOL,
        SimpleType.STRING,
        String.class,
        text -> Quantity.of(text) != null);
    family.member(
        "sign",
        "quantity_sign",
        SimpleType.INT,
        QUANTITY,
        Quantity.class,
        one -> (long) one.value().signum());
    family.member(
        "isInteger",
        "quantity_is_integer",
        SimpleType.BOOL,
        QUANTITY,
        Quantity.class,
        Quantity::isInteger);
    family.member(
        "asInteger",
        "quantity_as_integer",
        SimpleType.INT,
        QUANTITY,
        Quantity.class,
        QuantityFunctions::integer);
    family.member(
        "asApproximateFloat",
        "quantity_as_float",
        SimpleType.DOUBLE,
        QUANTITY,
        Quantity.class,
        one -> one.value().doubleValue());
    comparisons(family);
    sums(family);
    return family;
  }

  private static void comparisons(Family family) {
    family.member(
        "isGreaterThan",
        "quantity_is_greater_than",
        SimpleType.BOOL,
        TYPED,
        TYPED,
        (one, other) -> one.compareTo(other) > 0);
    family.member(
        "isLessThan",
        "quantity_is_less_than",
        SimpleType.BOOL,
        TYPED,
        TYPED,
        (one, other) -> one.compareTo(other) < 0);
    family.member(
        "compareTo",
        "quantity_compare_to",
        SimpleType.INT,
        TYPED,
        TYPED,
        (one, other) -> (long) one.compareTo(other));
  }

  private static void sums(Family family) {
    family.member("add", "quantity_add", QUANTITY, TYPED, TYPED, Quantity::plus);
    family.member(
        "add",
        "quantity_add_int",
        QUANTITY,
        TYPED,
        INT,
        (one, more) -> one.plus(Quantity.of(more)));
    family.member("sub", "quantity_sub", QUANTITY, TYPED, TYPED, Quantity::minus);
    family.member(
        "sub",
        "quantity_sub_int",
        QUANTITY,
        TYPED,
        INT,
        (one, less) -> one.minus(Quantity.of(less)));
  }

  private static Quantity parse(String text) throws CelEvaluationException {
    Quantity quantity = Quantity.of(text);
    if (quantity == null) {
      throw new CelEvaluationException(
          "quantities must match the regular expression"
              + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
    }
    return quantity;
  }

  private static long integer(Quantity quantity) throws CelEvaluationException {
    if (!quantity.isInteger()) {
      throw new CelEvaluationException("cannot convert value to integer");
    }
    return quantity.value().longValueExact();
  }

  /** A bound for whole numbers. */
  static boolean fitsLong(BigDecimal value) {
    return value.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
  }
}

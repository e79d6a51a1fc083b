package dev.sallyport.expressions.functions;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeParamType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionOverload;
import dev.sallyport.expressions.functions.Family.Typed;
import java.time.Duration;
import java.util.List;

/** Lists: order, sums, extremes and places. */
final class ListFunctions {

  private static final TypeParamType ANY = TypeParamType.create("T");

  @SuppressWarnings("rawtypes") // CEL's lists have no class per item.
  private static final Typed<List> LIST = new Typed<>(ListType.create(ANY), List.class);

  private ListFunctions() {}

  static Family family() {
    Family family = new Family();
    family.member(
        "isSorted", "list_is_sorted", SimpleType.BOOL, LIST.type(), List.class, Items::isSorted);
    family.member(
        "min", "list_min", ANY, LIST.type(), List.class, list -> Items.extreme(list, "min", -1));
    family.member(
        "max", "list_max", ANY, LIST.type(), List.class, list -> Items.extreme(list, "max", 1));
    sum(family, "int", SimpleType.INT, list -> Items.sum(list, 0L));
    sum(family, "double", SimpleType.DOUBLE, list -> Items.sum(list, 0.0));
    sum(family, "duration", SimpleType.DURATION, list -> Items.sum(list, Duration.ZERO));
    Typed<Object> item = new Typed<>(ANY, Object.class);
    family.member(
        "indexOf", "list_index_of", SimpleType.INT, LIST, item, (list, one) -> place(list, one));
    family.member(
        "lastIndexOf",
        "list_last_index_of",
        SimpleType.INT,
        LIST,
        item,
        (list, one) -> lastPlace(list, one));
    return family;
  }

  @SuppressWarnings("rawtypes") // CEL's lists have no class per item.
  private static void sum(
      Family family, String name, CelType item, CelFunctionOverload.Unary<List> does) {
    family.member("sum", "list_sum_" + name, item, ListType.create(item), List.class, does);
  }

  private static long place(List<?> list, Object item) {
    for (int i = 0; i < list.size(); i++) {
      if (Items.same(list.get(i), item)) {
        return i;
      }
    }
    return -1;
  }

  private static long lastPlace(List<?> list, Object item) {
    for (int i = list.size() - 1; i >= 0; i--) {
      if (Items.same(list.get(i), item)) {
        return i;
      }
    }
    return -1;
  }

  /** Values of a list among each other. */
  private static final class Items {

    static boolean isSorted(List<?> list) throws CelEvaluationException {
      for (int i = 1; i < list.size(); i++) {
        if (compare(list.get(i - 1), list.get(i)) > 0) {
          return false;
        }
      }
      return true;
    }

    static Object extreme(List<?> list, String name, int sign) throws CelEvaluationException {
      if (list.isEmpty()) {
        throw new CelEvaluationException(name + " called on empty list");
      }
      Object best = list.get(0);
      for (Object item : list) {
        best = compare(item, best) * sign > 0 ? item : best;
      }
      return best;
    }

    static Object sum(List<?> list, Object none) throws CelEvaluationException {
      Object sum = none;
      for (Object item : list) {
        sum = add(sum, item);
      }
      return sum;
    }

    private static Object add(Object sum, Object item) throws CelEvaluationException {
      try {
        if (sum instanceof Long one && item instanceof Long other) {
          return Math.addExact(one, other);
        }
        if (sum instanceof Number one && item instanceof Number other) {
          return one.doubleValue() + other.doubleValue();
        }
        if (sum instanceof Duration one && item instanceof Duration other) {
          return one.plus(other);
        }
      } catch (ArithmeticException e) {
        throw new CelEvaluationException("integer overflow", e);
      }
      throw new CelEvaluationException("no such overload");
    }

    @SuppressWarnings("unchecked") // Of one class, as is checked first.
    static int compare(Object one, Object other) throws CelEvaluationException {
      if (one instanceof Number a && other instanceof Number b) {
        return one instanceof Long && other instanceof Long
            ? Long.compare(a.longValue(), b.longValue())
            : Double.compare(a.doubleValue(), b.doubleValue());
      }
      if (one instanceof Comparable<?> first && one.getClass() == other.getClass()) {
        return ((Comparable<Object>) first).compareTo(other);
      }
      throw new CelEvaluationException("no such overload");
    }

    static boolean same(Object one, Object other) {
      return (one instanceof Number a && other instanceof Number b)
          ? a.doubleValue() == b.doubleValue()
          : one.equals(other);
    }
  }
}

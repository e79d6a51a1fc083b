package dev.sallyport.expressions.cel;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.values.CelByteString;
import dev.cel.runtime.CelEvaluationListener;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts what an evaluation costs while it runs, and cuts it off. Used once. */
final class Meter implements CelEvaluationListener {

  private final Budget budget;

  /** Sizes of the values that texts, lists and their parts had last, by the expression's id. */
  private final Map<Long, Integer> sizes = new HashMap<>();

  Meter(Budget budget) {
    this.budget = budget;
  }

  @Override
  public void callback(CelExpr expression, Object value) {
    int size = measure(value);
    if (size > 1) {
      sizes.put(expression.id(), size);
    }
    budget.spend(
        expression.getKind() == CelExpr.ExprKind.Kind.CALL
            ? 1 + (long) call(expression.call())
            : 1);
    if (budget.exhausted()) {
      throw new IllegalStateException("actual cost limit exceeded");
    }
  }

  private double call(CelExpr.CelCall call) {
    List<CelExpr> arguments = call.args();
    double receiver = call.target().map(this::size).orElse(1);
    double first = arguments.isEmpty() ? 1 : size(arguments.get(0));
    double second = arguments.size() < 2 ? 1 : size(arguments.get(1));
    return CallCosts.of(call.function(), receiver, first, second);
  }

  private int size(CelExpr expression) {
    return sizes.getOrDefault(expression.id(), 1);
  }

  private static int measure(Object value) {
    if (value instanceof String text) {
      return text.length();
    }
    if (value instanceof List<?> list) {
      return list.size();
    }
    return value instanceof CelByteString bytes ? bytes.size() : 1;
  }
}

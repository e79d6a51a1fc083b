package dev.sallyport.expressions.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.sallyport.expressions.Evaluation;
import dev.sallyport.expressions.Evaluation.Failed;
import dev.sallyport.expressions.Evaluation.Value;
import dev.sallyport.expressions.JsonValues;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A compiled expression. For any thread; evaluating takes microseconds and never waits, and a bound
 * on the rounds of its loops keeps it so.
 */
public final class Expression<T> {
  private final String text;
  private final CelAbstractSyntaxTree tree;
  private final CelRuntime.Program program;
  private final Result<T> result;
  private final double cost;

  Expression(
      String text,
      CelAbstractSyntaxTree tree,
      CelRuntime.Program program,
      Result<T> result,
      double cost) {
    this.text = text;
    this.tree = tree;
    this.program = program;
    this.result = result;
    this.cost = cost;
  }

  /** The expression as it was written. */
  public String text() {
    return text;
  }

  /**
   * What an evaluation costs at worst, given the declared sizes: a unit is some fifty nanoseconds.
   */
  public double cost() {
    return cost;
  }

  /** Whether it names a variable. */
  public boolean mentions(String variable) {
    return tree.getReferenceMap().values().stream()
        .anyMatch(reference -> reference.name().equals(variable));
  }

  /**
   * Evaluates it.
   *
   * @param variables the declared variables' values: booleans, longs, doubles, strings, lists and
   *     maps of such; JSON by {@link JsonValues}. A variable may be missing as long as it is not
   *     read.
   */
  public Evaluation<T> evaluate(Map<String, ?> variables) {
    return evaluate(() -> program.eval(variables));
  }

  /**
   * Evaluates it within a budget. What does not come to an end within it fails, and the budget is
   * {@link Budget#exhausted}.
   */
  public Evaluation<T> evaluate(Map<String, ?> variables, Budget budget) {
    return evaluate(() -> program.trace(variables, new Meter(budget)));
  }

  /** One way to evaluate a program. */
  private interface Run {
    Object run() throws CelEvaluationException;
  }

  private Evaluation<T> evaluate(Run run) {
    try {
      T value = result.taking().take(run.run());
      return value == null
          ? new Failed<>("must evaluate to " + result.expected())
          : new Value<>(value);
    } catch (CelEvaluationException e) {
      return new Failed<>(reason(e));
    } catch (RuntimeException e) {
      // A function of the library that met a value it had not expected: no answer, so no opening.
      return new Failed<>("evaluation failed: " + e.getClass().getSimpleName());
    }
  }

  /**
   * Whether it reads a field of a variable, as {@code variable.field}, {@code variable["field"]} or
   * their optional forms.
   */
  public boolean reads(String variable, String field) {
    return CelNavigableAst.fromAst(tree)
        .getRoot()
        .allNodes()
        .anyMatch(node -> selects(node.expr(), variable, field));
  }

  private static boolean selects(CelExpr node, String variable, String field) {
    if (node.getKind() == CelExpr.ExprKind.Kind.SELECT) {
      return node.select().field().equals(field) && names(node.select().operand(), variable);
    }
    if (node.getKind() != CelExpr.ExprKind.Kind.CALL) {
      return false;
    }
    List<CelExpr> arguments = node.call().args();
    return switch (node.call().function()) {
      case "_[_]", "_[?_]", "_?._" ->
          arguments.size() == 2 && names(arguments.get(0), variable) && is(arguments.get(1), field);
      default -> false;
    };
  }

  private static boolean names(CelExpr node, String variable) {
    return node.getKind() == CelExpr.ExprKind.Kind.IDENT && node.ident().name().equals(variable);
  }

  private static boolean is(CelExpr node, String text) {
    return node.getKind() == CelExpr.ExprKind.Kind.CONSTANT
        && node.constant().getKind() == CelConstant.Kind.STRING_VALUE
        && node.constant().stringValue().equals(text);
  }

  /** In one line and without the library's preface. */
  private static String reason(CelEvaluationException e) {
    @Nullable String message = e.getMessage();
    return message == null ? "evaluation failed" : message.replace('\n', ' ');
  }
}

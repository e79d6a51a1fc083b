package dev.sallyport.expressions.cel;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.sallyport.expressions.InvalidExpressionException;
import dev.sallyport.expressions.ValueType;
import java.util.List;
import java.util.Map;

/**
 * Compiles expressions over declared variables. Making one brings the CEL library along (about half
 * a second once in a process), so make one only when an expression is configured. For any thread.
 *
 * <p>The language is CEL with Kubernetes' options: optional values, comparisons across number
 * types, the string, set and list functions and two-variable comprehensions.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/cel/">Common Expression Language in
 *     Kubernetes</a>
 */
public final class ExpressionCompiler {
  private final Map<String, ValueType> variables;
  private final CelCompiler compiler;
  private final CelRuntime runtime;

  /**
   * @param variables every variable by its name
   */
  public ExpressionCompiler(Map<String, ValueType> variables) {
    this.variables = Map.copyOf(variables);
    this.compiler = Dialect.compiler(variables);
    this.runtime = Dialect.runtime();
  }

  /**
   * An expression that is true or false. That must be certain when it is compiled: a bare {@code
   * claims.admin} may be anything, {@code claims.admin == true} is a bool.
   */
  public Expression<Boolean> bool(String text) throws InvalidExpressionException {
    return compile(text, Result.BOOL, SimpleType.BOOL);
  }

  /** An expression that yields a string. That must be certain when it is compiled. */
  public Expression<String> text(String text) throws InvalidExpressionException {
    return compile(text, Result.STRING, SimpleType.STRING);
  }

  /** An expression that yields a string. */
  public Expression<String> string(String text) throws InvalidExpressionException {
    return compile(text, Result.STRING, SimpleType.STRING, SimpleType.DYN);
  }

  /**
   * An expression that yields a string or a list of strings; a single string is a list of one.
   * Empty strings are left out, and null is the empty list.
   */
  public Expression<List<String>> strings(String text) throws InvalidExpressionException {
    return compile(
        text,
        Result.STRINGS,
        SimpleType.STRING,
        SimpleType.DYN,
        SimpleType.NULL_TYPE,
        ListType.create(SimpleType.STRING),
        ListType.create(SimpleType.DYN));
  }

  private <T> Expression<T> compile(String text, Result<T> result, CelType... possible)
      throws InvalidExpressionException {
    CelAbstractSyntaxTree tree = check(text);
    CelType type = tree.getResultType();
    if (!List.of(possible).contains(type)) {
      throw new InvalidExpressionException(
          "must evaluate to " + result.expected() + " but got " + type.name(),
          "cel expression must evaluate to a " + result.expected());
    }
    try {
      double cost = new WorstCase(tree, variables).cost();
      return new Expression<>(text, tree, runtime.createProgram(tree), result, cost);
    } catch (CelEvaluationException e) {
      String why = String.valueOf(e.getMessage());
      throw new InvalidExpressionException(why, "program instantiation failed: " + why);
    }
  }

  private CelAbstractSyntaxTree check(String text) throws InvalidExpressionException {
    CelValidationResult checked = compiler.compile(text);
    try {
      return checked.getAst();
    } catch (CelValidationException e) {
      throw new InvalidExpressionException(
          faults(checked.getErrors()), "compilation failed: " + checked.getErrorString());
    }
  }

  private static String faults(ImmutableList<CelIssue> issues) {
    StringBuilder line = new StringBuilder("compilation failed");
    for (CelIssue issue : issues) {
      line.append(line.length() == "compilation failed".length() ? ": " : "; ")
          .append(issue.getSourceLocation().getLine())
          .append(':')
          .append(issue.getSourceLocation().getColumn() + 1)
          .append(": ")
          .append(issue.getMessage().replace('\n', ' '));
    }
    return line.toString();
  }
}

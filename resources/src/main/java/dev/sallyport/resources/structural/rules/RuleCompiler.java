package dev.sallyport.resources.structural.rules;

import dev.sallyport.expressions.InvalidExpressionException;
import dev.sallyport.expressions.ValueType;
import dev.sallyport.expressions.ValueType.OptionalOf;
import dev.sallyport.expressions.cel.Expression;
import dev.sallyport.expressions.cel.ExpressionCompiler;
import dev.sallyport.resources.structural.tree.FieldPaths;
import dev.sallyport.resources.structural.tree.Rule;
import dev.sallyport.resources.structural.tree.SchemaNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the rules of one schema. Making one brings the CEL library along, so it is made only
 * where there are rules. For one thread.
 */
final class RuleCompiler {
  private final SchemaNode schema;
  private final ValueType type;
  private @Nullable ExpressionCompiler plain;
  private @Nullable ExpressionCompiler optional;

  RuleCompiler(SchemaNode schema, ValueType type) {
    this.schema = schema;
    this.type = type;
  }

  /**
   * Compiles the rule itself.
   *
   * @throws InvalidExpressionException when it is none; its messageExpression is not looked at
   */
  Expression<Boolean> expression(Rule rule) throws InvalidExpressionException {
    return compiler(rule).bool(rule.expression());
  }

  /**
   * Compiles what yields its message; null when nothing does.
   *
   * @throws InvalidExpressionException when it is none
   */
  @Nullable Expression<String> message(Rule rule) throws InvalidExpressionException {
    return rule.messageExpression().isEmpty()
        ? null
        : compiler(rule).text(rule.messageExpression());
  }

  CompiledRule compile(Rule rule) throws InvalidExpressionException {
    Expression<Boolean> expression = expression(rule);
    String path = rule.fieldPath().isEmpty() ? "" : FieldPaths.resolve(rule.fieldPath(), schema);
    return new CompiledRule(
        rule, expression, message(rule), expression.mentions("oldSelf"), path == null ? "" : path);
  }

  private ExpressionCompiler compiler(Rule rule) {
    if (!rule.optionalOldSelf()) {
      plain = plain == null ? compiler(type) : plain;
      return plain;
    }
    optional = optional == null ? compiler(new OptionalOf(type)) : optional;
    return optional;
  }

  private ExpressionCompiler compiler(ValueType oldSelf) {
    return new ExpressionCompiler(Map.of("self", type, "oldSelf", oldSelf));
  }
}

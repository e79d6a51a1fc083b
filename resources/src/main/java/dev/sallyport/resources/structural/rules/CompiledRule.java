package dev.sallyport.resources.structural.rules;

import dev.sallyport.expressions.cel.Expression;
import dev.sallyport.resources.structural.tree.Rule;
import org.jspecify.annotations.Nullable;

/**
 * A rule, ready to be evaluated.
 *
 * @param message of its messageExpression, or null
 * @param usesOldSelf whether it compares with what was there before
 * @param fieldPath where it shows its faults, below its schema; "" for there
 */
record CompiledRule(
    Rule rule,
    Expression<Boolean> expression,
    @Nullable Expression<String> message,
    boolean usesOldSelf,
    String fieldPath) {

  /** What to call the rule in a message. */
  String name() {
    return rule.message().isEmpty() ? rule.expression().strip() : rule.message().strip();
  }

  /** What it says when it is broken and nothing better is known. */
  String words() {
    return rule.message().isEmpty() ? "failed rule: " + name() : name();
  }
}

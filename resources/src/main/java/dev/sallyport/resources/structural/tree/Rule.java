package dev.sallyport.resources.structural.tree;

/**
 * An entry of x-kubernetes-validations. Texts are "" where nothing was given.
 *
 * @param expression in CEL
 * @param messageExpression in CEL, yields the message
 * @param reason such as FieldValueForbidden
 * @param fieldPath where the fault is shown, below the schema that carries the rule
 * @param optionalOldSelf whether oldSelf is an optional value, there for objects' creation too
 */
public record Rule(
    String expression,
    String message,
    String messageExpression,
    String reason,
    String fieldPath,
    boolean optionalOldSelf) {}

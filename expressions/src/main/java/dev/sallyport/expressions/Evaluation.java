package dev.sallyport.expressions;

/**
 * What came of an expression. Failures are values: a missing key is an everyday answer, and its
 * caller decides what follows from it.
 */
public sealed interface Evaluation<T> {

  /** It has a value of the type that was asked for. */
  record Value<T>(T value) implements Evaluation<T> {}

  /**
   * It has none: a key is missing, the value is of another type, or the bound on its cost was
   * reached.
   *
   * @param reason why; may name keys of the input, never its values
   */
  record Failed<T>(String reason) implements Evaluation<T> {}
}

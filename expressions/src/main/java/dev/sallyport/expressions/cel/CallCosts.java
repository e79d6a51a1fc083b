package dev.sallyport.expressions.cel;

/**
 * What calls cost beyond their arguments, by the sizes of these. Texts cost a tenth of their
 * length, patterns a quarter of theirs for each tenth of the text.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/cel/#resource-constraints">Resource
 *     constraints</a>
 */
final class CallCosts {

  private static final double TEXT = 0.1;
  private static final double PATTERN = 0.25;

  private CallCosts() {}

  /**
   * The cost of one call.
   *
   * @param receiver the size of what a member function is called on
   * @param first the size of the first argument
   * @param second the size of the second one
   */
  static double of(String function, double receiver, double first, double second) {
    return switch (function) {
      case "_&&_", "_||_", "_?_:_" -> 0;
      case "_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_" -> text(Math.min(first, second));
      case "_+_" -> Math.max(1, text(first + second));
      case "@in" -> second;
      case "startsWith", "endsWith" -> text(first);
      case "contains" -> times(text(receiver), text(first));
      case "matches", "find", "findAll" -> times(text(receiver + 1), Math.ceil(first * PATTERN));
      case "isSorted", "sum", "min", "max", "indexOf", "lastIndexOf" -> receiver;
      case "lowerAscii", "upperAscii", "substring", "trim", "reverse", "charAt", "quote" ->
          text(receiver);
      case "replace", "split", "join", "format" -> 2 * text(receiver);
      case "url",
          "isURL",
          "ip",
          "isIP",
          "cidr",
          "isCIDR",
          "quantity",
          "isQuantity",
          "semver",
          "isSemver",
          "string",
          "bytes",
          "duration",
          "timestamp",
          "int",
          "double" ->
          Math.max(1, text(first));
      case "ip.isCanonical" -> 2 * text(first);
      case "sets.contains", "sets.intersects", "sets.equivalent" -> times(first, second);
      case "flatten", "sort", "sortBy", "distinct" -> times(receiver, receiver);
      default -> 1;
    };
  }

  static double text(double size) {
    return Math.ceil(size * TEXT);
  }

  /** Where nothing is done without end, nothing is done. */
  static double times(double one, double other) {
    return one == 0 || other == 0 ? 0 : one * other;
  }
}

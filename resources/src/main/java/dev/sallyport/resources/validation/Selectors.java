package dev.sallyport.resources.validation;

/**
 * Label selectors inside objects.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/label-selector/">LabelSelector</a>
 */
final class Selectors {

  private Selectors() {}

  static void check(Field selector) {
    selector.at("matchLabels").labels();
    selector.at("matchExpressions").each(Selectors::expression);
  }

  private static void expression(Field expression) {
    Field values = expression.at("values");
    switch (expression.at("operator").text()) {
      case "In", "NotIn" -> values.given("must be specified when `operator` is 'In' or 'NotIn'");
      case "Exists", "DoesNotExist" -> {
        if (!values.isEmpty()) {
          values.forbidden("may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        }
      }
      default -> expression.at("operator").invalid("not a valid selector operator");
    }
    expression.at("key").is(Names::qualifiedName);
    values.each(value -> value.is(Names::labelValue));
  }
}

package dev.sallyport.resources.kinds.admissionregistration;

import dev.sallyport.expressions.InvalidExpressionException;
import dev.sallyport.expressions.ValueType;
import dev.sallyport.expressions.cel.ExpressionCompiler;
import dev.sallyport.resources.validation.Field;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Whether the expressions of policies and conditions compile. What they see is declared here; the
 * compiler is made when the first expression is met. Functions that only Kubernetes has and that
 * cannot be judged here are given the benefit of the doubt.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/cel/">Common Expression Language in
 *     Kubernetes</a>
 */
final class PolicyExpressions {

  private static final String UNDECLARED = "undeclared reference to '";

  /** Kubernetes' own functions and types, which the dialect here may not have. */
  private static final Set<String> KUBERNETES =
      Set.of(
          "group",
          "resource",
          "subresource",
          "namespace",
          "name",
          "path",
          "check",
          "allowed",
          "reason",
          "errored",
          "error",
          "serviceAccount",
          "fieldSelector",
          "labelSelector",
          "quantity",
          "isQuantity",
          "url",
          "isURL",
          "ip",
          "isIP",
          "cidr",
          "isCIDR",
          "semver",
          "isSemver",
          "format",
          "find",
          "findAll",
          "JSONPatch",
          "Object",
          "jsonpatch",
          "isSorted",
          "sum",
          "indexOf",
          "lastIndexOf");

  private PolicyExpressions() {}

  private static final class Compiler {
    static final ExpressionCompiler ADMISSION = new ExpressionCompiler(variables());

    private static Map<String, ValueType> variables() {
      Map<String, ValueType> variables = new HashMap<>();
      for (String name :
          new String[] {
            "object", "oldObject", "request", "params", "namespaceObject", "authorizer", "variables"
          }) {
        variables.put(name, ValueType.Simple.ANY);
      }
      return variables;
    }
  }

  static void bool(Field expression) {
    check(expression, true);
  }

  /** An expression of any type. */
  static void any(Field expression) {
    check(expression, false);
  }

  private static void check(Field expression, boolean bool) {
    try {
      if (bool) {
        Compiler.ADMISSION.bool(expression.text());
      } else {
        Compiler.ADMISSION.strings(expression.text());
      }
    } catch (InvalidExpressionException e) {
      boolean typed = e.fault().startsWith("must evaluate to");
      if (typed ? bool : !beyondUs(e.fault())) {
        expression.invalid(e.fault());
      }
    }
  }

  private static boolean beyondUs(String fault) {
    int at = fault.indexOf(UNDECLARED);
    if (at < 0) {
      return false;
    }
    int start = at + UNDECLARED.length();
    int end = fault.indexOf('\'', start);
    return end > start && KUBERNETES.contains(fault.substring(start, end));
  }
}

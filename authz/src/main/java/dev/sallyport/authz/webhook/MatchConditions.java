package dev.sallyport.authz.webhook;

import dev.sallyport.api.Attributes;
import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.SelectorRequirement;
import dev.sallyport.api.UserInfo;
import dev.sallyport.expressions.Evaluation;
import dev.sallyport.expressions.InvalidExpressionException;
import dev.sallyport.expressions.ValueType;
import dev.sallyport.expressions.ValueType.ListOf;
import dev.sallyport.expressions.ValueType.MapOf;
import dev.sallyport.expressions.ValueType.Simple;
import dev.sallyport.expressions.ValueType.Struct;
import dev.sallyport.expressions.cel.Expression;
import dev.sallyport.expressions.cel.ExpressionCompiler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The CEL expressions that say whether a webhook is asked. They see {@code request}, the spec of
 * the v1 SubjectAccessReview that it would be asked with.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/authorization/#using-configuration-file-for-authorization">Kubernetes:
 *     matchConditions</a>
 */
public final class MatchConditions {

  private static final ListOf TEXTS = new ListOf(Simple.STRING);

  private static final Struct SELECTOR =
      new Struct(
          "SelectorAttributes",
          Map.of(
              "rawSelector",
              Simple.STRING,
              "requirements",
              new ListOf(
                  new Struct(
                      "SelectorRequirement",
                      Map.of("key", Simple.STRING, "operator", Simple.STRING, "values", TEXTS)))));

  private static final Struct RESOURCE =
      new Struct(
          "ResourceAttributes",
          Map.of(
              "namespace",
              Simple.STRING,
              "verb",
              Simple.STRING,
              "group",
              Simple.STRING,
              "version",
              Simple.STRING,
              "resource",
              Simple.STRING,
              "subresource",
              Simple.STRING,
              "name",
              Simple.STRING,
              "fieldSelector",
              SELECTOR,
              "labelSelector",
              SELECTOR));

  private static final Struct PATH =
      new Struct("NonResourceAttributes", Map.of("path", Simple.STRING, "verb", Simple.STRING));

  private static final Map<String, ValueType> VARIABLES =
      Map.of(
          "request",
          new Struct(
              "SubjectAccessReviewSpec",
              Map.of(
                  "resourceAttributes",
                  RESOURCE,
                  "nonResourceAttributes",
                  PATH,
                  "user",
                  Simple.STRING,
                  "groups",
                  TEXTS,
                  "extra",
                  new MapOf(TEXTS),
                  "uid",
                  Simple.STRING)));

  private final List<Expression<Boolean>> conditions;

  private MatchConditions(List<Expression<Boolean>> conditions) {
    this.conditions = conditions;
  }

  /**
   * @throws InvalidExpressionException for the first that cannot be compiled
   */
  public static MatchConditions of(List<String> expressions) throws InvalidExpressionException {
    if (expressions.isEmpty()) {
      return new MatchConditions(List.of()); // without the library, which is heavy
    }
    ExpressionCompiler compiler = new ExpressionCompiler(VARIABLES);
    List<Expression<Boolean>> compiled = new ArrayList<>(expressions.size());
    for (String expression : expressions) {
      compiled.add(compiler.bool(expression));
    }
    return new MatchConditions(List.copyOf(compiled));
  }

  /** What the conditions say together. */
  sealed interface Match {
    /** All are true. */
    enum Matched implements Match {
      INSTANCE
    }

    /** One is false, no matter what the others say. */
    enum Excluded implements Match {
      INSTANCE
    }

    /** None is false, and one or more cannot be evaluated. */
    record Failed(String why) implements Match {}
  }

  Match match(Attributes attributes) {
    if (conditions.isEmpty()) {
      return Match.Matched.INSTANCE;
    }
    Map<String, Object> variables = Map.of("request", request(attributes));
    List<String> failures = new ArrayList<>();
    for (Expression<Boolean> condition : conditions) {
      Evaluation<Boolean> evaluation = condition.evaluate(variables);
      if (evaluation instanceof Evaluation.Value<Boolean> value) {
        if (!value.value()) {
          return Match.Excluded.INSTANCE;
        }
      } else if (evaluation instanceof Evaluation.Failed<Boolean> failed) {
        failures.add(
            "cel evaluation error: expression '" + condition.text() + "': " + failed.reason());
      }
    }
    return failures.isEmpty()
        ? Match.Matched.INSTANCE
        : new Match.Failed(
            failures.size() == 1 ? failures.get(0) : "[" + String.join(", ", failures) + "]");
  }

  private static Map<String, Object> request(Attributes attributes) {
    UserInfo user = attributes.user();
    RequestInfo asked = attributes.request();
    Map<String, Object> spec = new HashMap<>();
    spec.put("user", user.name());
    spec.put("groups", user.groups());
    spec.put("extra", user.extra());
    spec.put("uid", user.uid());
    if (asked.resourceRequest()) {
      spec.put("resourceAttributes", resource(asked));
    } else {
      spec.put("nonResourceAttributes", Map.of("path", asked.path(), "verb", asked.verb()));
    }
    return spec;
  }

  private static Map<String, Object> resource(RequestInfo asked) {
    Map<String, Object> resource = new HashMap<>();
    resource.put("namespace", asked.namespace());
    resource.put("verb", asked.verb());
    resource.put("group", asked.apiGroup());
    resource.put("version", asked.apiVersion());
    resource.put("resource", asked.resource());
    resource.put("subresource", asked.subresource());
    resource.put("name", asked.name());
    selector(resource, "fieldSelector", asked.selectors().fields());
    selector(resource, "labelSelector", asked.selectors().labels());
    return resource;
  }

  /** Missing, for has() to tell, when there is none. */
  private static void selector(
      Map<String, Object> resource, String field, List<SelectorRequirement> requirements) {
    if (!requirements.isEmpty()) {
      resource.put(
          field,
          Map.of(
              "requirements",
              requirements.stream()
                  .map(
                      each ->
                          Map.of(
                              "key",
                              each.key(),
                              "operator",
                              each.operator(),
                              "values",
                              each.values()))
                  .toList()));
    }
  }
}

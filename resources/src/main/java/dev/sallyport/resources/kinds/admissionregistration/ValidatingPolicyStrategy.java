package dev.sallyport.resources.kinds.admissionregistration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.Defaults;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Names;
import java.util.HashSet;
import java.util.Set;

/**
 * ValidatingAdmissionPolicies.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/">Validating
 *     admission policy</a>
 */
final class ValidatingPolicyStrategy implements KindStrategy {

  private static final String NOTHING = "validations or auditAnnotations must be specified";
  private static final int MOST_ANNOTATIONS = 20;

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.GENERATION);
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    ObjectNode spec = Defaults.object(object, "spec");
    Defaults.text(spec, "failurePolicy", "Fail");
    PolicyMatch.applyDefaults(spec.path("matchConstraints"));
  }

  @Override
  public void prepareStatusUpdate(ObjectNode object, ObjectNode old) {
    KindStrategy.super.prepareStatusUpdate(object, old);
    KindStrategy.keepMetadata(object, old);
  }

  @Override
  public void validate(ObjectNode object, Faults faults) {
    Field spec = Field.root(object, faults).at("spec");
    spec.at("failurePolicy").oneOf("Fail", "Ignore");
    PolicyMatch.parameterKind(spec.at("paramKind"));
    PolicyMatch.required(spec.at("matchConstraints"));
    MatchConditions.check(spec.at("matchConditions"));
    PolicyVariables.check(spec.at("variables"));
    Field validations = spec.at("validations");
    Field annotations = spec.at("auditAnnotations");
    if (validations.size() == 0 && annotations.size() == 0) {
      validations.required(NOTHING);
      annotations.required(NOTHING);
    }
    validations.each(ValidatingPolicyStrategy::validation);
    annotations.atMost(MOST_ANNOTATIONS);
    Set<String> keys = new HashSet<>();
    annotations.each(annotation -> annotation(annotation, keys));
  }

  private static void validation(Field validation) {
    Field expression = validation.at("expression");
    if (expression.text().isBlank()) {
      expression.required("expression is not specified");
    } else {
      PolicyExpressions.bool(expression);
    }
    Field wording = validation.at("messageExpression");
    if (wording.present() && wording.text().isBlank()) {
      wording.invalid("must be non-empty if specified");
    } else if (wording.present()) {
      PolicyExpressions.any(wording);
    }
    Field message = validation.at("message");
    if (!message.isEmpty() && message.text().isBlank()) {
      message.invalid("message must be non-empty if specified");
    } else if (hasLineBreaks(message)) {
      message.invalid("message must not contain line breaks");
    } else if (message.isEmpty() && hasLineBreaks(expression)) {
      message.required("message must be specified if expression contains line breaks");
    }
    validation
        .at("reason")
        .oneOfIfSet("Forbidden", "Invalid", "RequestEntityTooLarge", "Unauthorized");
  }

  private static boolean hasLineBreaks(Field field) {
    String text = field.text().strip();
    return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
  }

  private static void annotation(Field annotation, Set<String> keys) {
    Field key = annotation.at("key");
    if (key.given("key is not specified")) {
      key.is(Names::qualifiedName);
      if (!keys.add(key.text())) {
        key.duplicate();
      }
    }
    Field value = annotation.at("valueExpression");
    if (value.text().isBlank()) {
      value.required("valueExpression is not specified");
    } else {
      PolicyExpressions.any(value);
    }
  }
}

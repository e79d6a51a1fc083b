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
 * Configurations of admission webhooks.
 *
 * @param mutating whether the webhooks may change what is written
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/">Dynamic
 *     admission control</a>
 */
record WebhookStrategy(boolean mutating) implements KindStrategy {

  private static final int TIMEOUT_SECONDS = 10;
  private static final int MOST_TIMEOUT_SECONDS = 30;

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.GENERATION);
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    for (ObjectNode webhook : Defaults.objects(object, "webhooks")) {
      Defaults.text(webhook, "failurePolicy", "Fail");
      Defaults.text(webhook, "matchPolicy", "Equivalent");
      Defaults.object(webhook, "namespaceSelector");
      Defaults.object(webhook, "objectSelector");
      Defaults.number(webhook, "timeoutSeconds", TIMEOUT_SECONDS);
      if (mutating) {
        Defaults.text(webhook, "reinvocationPolicy", "Never");
      }
      OperationRules.applyDefaults(webhook, "rules");
      WebhookClient.applyDefaults(webhook);
    }
  }

  @Override
  public void validate(ObjectNode object, Faults faults) {
    Set<String> names = new HashSet<>();
    Field.root(object, faults)
        .at("webhooks")
        .each(
            webhook -> {
              check(webhook);
              ReviewVersions.check(webhook.at("admissionReviewVersions"));
              Field name = webhook.at("name");
              if (!name.isEmpty() && !names.add(name.text())) {
                name.duplicate();
              }
            });
  }

  private void check(Field webhook) {
    qualified(webhook.at("name"));
    webhook.at("rules").each(OperationRules::check);
    webhook.at("failurePolicy").oneOfIfSet("Fail", "Ignore");
    webhook.at("matchPolicy").oneOfIfSet("Equivalent", "Exact");
    Field effects = webhook.at("sideEffects");
    if (!effects.present()) {
      effects.required("must specify one of None, NoneOnDryRun");
    } else if (!effects.says("None") && !effects.says("NoneOnDryRun")) {
      effects.unsupported("None", "NoneOnDryRun");
    }
    Field timeout = webhook.at("timeoutSeconds");
    if (timeout.number() < 1 || timeout.number() > MOST_TIMEOUT_SECONDS) {
      timeout.invalid("the timeout value must be between 1 and 30 seconds");
    }
    webhook.at("namespaceSelector").labelSelector();
    webhook.at("objectSelector").labelSelector();
    if (mutating) {
      webhook.at("reinvocationPolicy").oneOfIfSet("IfNeeded", "Never");
    }
    WebhookClient.check(webhook.at("clientConfig"));
    MatchConditions.check(webhook.at("matchConditions"));
  }

  private static void qualified(Field name) {
    if (!name.given()) {
      return;
    }
    if (name.is(Names::subdomain) && name.text().chars().filter(c -> c == '.').count() < 2) {
      name.invalid("should be a domain with at least three segments separated by dots");
    }
  }
}

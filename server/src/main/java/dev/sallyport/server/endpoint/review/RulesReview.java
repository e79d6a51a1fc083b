package dev.sallyport.server.endpoint.review;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.authz.PolicyRule;
import dev.sallyport.authz.RuleResolver;
import dev.sallyport.authz.RuleResolver.ResolvedRules;
import dev.sallyport.server.chain.RequestContext;
import java.util.List;

/** All that whoever asks may do in a namespace: SelfSubjectRulesReview. */
public final class RulesReview implements Review {

  private final RuleResolver resolver;

  public RulesReview(RuleResolver resolver) {
    this.resolver = resolver;
  }

  @Override
  public Answer<ObjectNode> answer(RequestContext context, ObjectNode review) {
    String namespace = review.path("spec").path("namespace").asText();
    if (namespace.isEmpty()) {
      throw new StatusException(Status.badRequest("no namespace on request"));
    }
    ResolvedRules rules = resolver.rulesFor(context.user(), namespace);
    // Neither the metadata nor the namespace that was asked for comes back.
    review.remove("metadata");
    ReviewForm.reset(review).putObject("spec");
    fill(review.putObject("status"), rules);
    return Answer.now(review);
  }

  private static void fill(ObjectNode status, ResolvedRules rules) {
    ArrayNode resources = status.putArray("resourceRules");
    ArrayNode paths = status.putArray("nonResourceRules");
    for (PolicyRule rule : rules.rules()) {
      if (!rule.resources().isEmpty()) {
        resource(resources.addObject(), rule);
      }
      if (!rule.nonResourceUrls().isEmpty()) {
        ObjectNode path = paths.addObject();
        add(path, "verbs", rule.verbs());
        add(path, "nonResourceURLs", rule.nonResourceUrls());
      }
    }
    status.put("incomplete", rules.incomplete());
    if (!rules.errors().isEmpty()) {
      status.put("evaluationError", together(rules.errors()));
    }
  }

  private static void resource(ObjectNode node, PolicyRule rule) {
    add(node, "verbs", rule.verbs());
    add(node, "apiGroups", rule.apiGroups());
    add(node, "resources", rule.resources());
    if (!rule.resourceNames().isEmpty()) {
      add(node, "resourceNames", rule.resourceNames());
    }
  }

  private static void add(ObjectNode node, String field, List<String> values) {
    ArrayNode array = node.putArray(field);
    values.forEach(array::add);
  }

  private static String together(List<String> errors) {
    return errors.size() == 1 ? errors.get(0) : "[" + String.join(", ", errors) + "]";
  }
}

package dev.sallyport.resources.kinds.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Names;

/**
 * Where a pod wants to run, by nodes and by other pods.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/">Assigning
 *     pods to nodes</a>
 */
public final class AffinityRules {

  private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
  private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";
  private static final String NO_OPERATOR = "not a valid selector operator";

  private AffinityRules() {}

  static void check(Field affinity) {
    Field nodes = affinity.at("nodeAffinity");
    if (nodes.at(REQUIRED).present()) {
      nodeSelector(nodes.at(REQUIRED));
    }
    nodes
        .at(PREFERRED)
        .each(
            term -> {
              weight(term.at("weight"));
              // Values are not held to a label's form: what is merely preferred may match nothing.
              nodeTerm(term.at("preference"), false);
            });
    for (String kind : new String[] {"podAffinity", "podAntiAffinity"}) {
      affinity.at(kind, REQUIRED).each(AffinityRules::podTerm);
      affinity
          .at(kind, PREFERRED)
          .each(
              term -> {
                weight(term.at("weight"));
                podTerm(term.at("podAffinityTerm"));
              });
    }
  }

  private static void weight(Field weight) {
    if (weight.number() <= 0 || weight.number() > 100) {
      weight.faults().invalid(weight.path(), weight.number(), "must be in the range 1-100");
    }
  }

  /** Terms by which nodes are chosen, for pods and for volumes that only some nodes reach. */
  public static void nodeSelector(Field selector) {
    Field terms = selector.at("nodeSelectorTerms");
    if (terms.given("must have at least one node selector term")) {
      terms.each(term -> nodeTerm(term, true));
    }
  }

  private static void nodeTerm(Field term, boolean strictValues) {
    term.at("matchExpressions").each(expression -> labelExpression(expression, strictValues));
    term.at("matchFields").each(AffinityRules::fieldExpression);
  }

  private static void labelExpression(Field expression, boolean strictValues) {
    Field values = expression.at("values");
    switch (expression.at("operator").text()) {
      case "In", "NotIn" -> values.given("must be specified when `operator` is 'In' or 'NotIn'");
      case "Exists", "DoesNotExist" -> {
        if (!values.isEmpty()) {
          values.forbidden("may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        }
      }
      case "Gt", "Lt" -> {
        if (values.size() != 1) {
          values.required("must be specified single value when `operator` is 'Lt' or 'Gt'");
        }
      }
      default -> expression.at("operator").invalid(NO_OPERATOR);
    }
    expression.at("key").is(Names::qualifiedName);
    if (strictValues) {
      values.each(value -> value.is(Names::labelValue));
    }
  }

  private static void fieldExpression(Field expression) {
    Field values = expression.at("values");
    switch (expression.at("operator").text()) {
      case "In", "NotIn" -> {
        if (values.size() != 1) {
          values.required(
              "must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
        }
      }
      default -> expression.at("operator").invalid(NO_OPERATOR);
    }
    if (expression.at("key").text().equals("metadata.name")) {
      values.each(value -> value.is(Names::subdomain));
    } else {
      expression.at("key").invalid("not a valid field selector key");
    }
  }

  private static void podTerm(Field term) {
    term.at("labelSelector").labelSelector();
    term.at("namespaceSelector").labelSelector();
    for (JsonNode namespace : term.at("namespaces").node()) {
      term.faults()
          .invalid(
              term.at("namespace").path(), namespace.asText(), Names.label(namespace.asText()));
    }
    Field keys = term.at("matchLabelKeys");
    Field others = term.at("mismatchLabelKeys");
    labelKeys(keys, term);
    labelKeys(others, term);
    keys.each(
        key -> {
          for (JsonNode other : others.node()) {
            if (other.equals(key.node())) {
              key.invalid("exists in both matchLabelKeys and mismatchLabelKeys");
            }
          }
        });
    Field topology = term.at("topologyKey");
    topology.given("can not be empty");
    topology.is(Names::qualifiedName);
  }

  /** Keys whose values a pod brings along; without a selector there is nothing to add them to. */
  static void labelKeys(Field keys, Field term) {
    if (!keys.isEmpty() && !term.at("labelSelector").present()) {
      keys.forbidden("must not be specified when labelSelector is not set");
    }
    keys.each(key -> key.is(Names::qualifiedName));
  }
}

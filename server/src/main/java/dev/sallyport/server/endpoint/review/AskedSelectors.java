package dev.sallyport.server.endpoint.review;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.api.SelectorRequirement;
import dev.sallyport.api.Selectors;
import dev.sallyport.resources.selector.FieldSelector;
import dev.sallyport.resources.selector.LabelRequirement;
import dev.sallyport.resources.selector.LabelSelector;
import dev.sallyport.resources.selector.SelectorSyntaxException;
import java.util.ArrayList;
import java.util.List;

/**
 * The selectors that an access review asks about. A part that cannot be understood is left out,
 * which makes the question a wider one, and is told of.
 */
final class AskedSelectors {
  private static final String PLACE = "spec.resourceAttributes.";

  private final List<String> faults = new ArrayList<>();
  private final Selectors selectors;

  AskedSelectors(JsonNode resource) {
    List<SelectorRequirement> fields = fields(resource.path("fieldSelector"));
    List<SelectorRequirement> labels = labels(resource.path("labelSelector"));
    this.selectors =
        fields.isEmpty() && labels.isEmpty() ? Selectors.NONE : new Selectors(fields, labels);
  }

  Selectors selectors() {
    return selectors;
  }

  /** What was left out, for the answer; empty as a rule. */
  List<String> faults() {
    return List.copyOf(faults);
  }

  private List<SelectorRequirement> fields(JsonNode selector) {
    String raw = selector.path("rawSelector").asText();
    if (!raw.isEmpty()) {
      try {
        return FieldSelector.parse(raw).requirements();
      } catch (SelectorSyntaxException e) {
        return understood("fieldSelector", List.of(), 1);
      }
    }
    List<SelectorRequirement> good = new ArrayList<>();
    for (JsonNode each : selector.path("requirements")) {
      SelectorRequirement requirement = requirement(each);
      boolean comparing =
          requirement.operator().equals(SelectorRequirement.IN)
              || requirement.operator().equals(SelectorRequirement.NOT_IN);
      if (comparing && requirement.values().size() == 1) {
        good.add(requirement);
      }
    }
    return understood("fieldSelector", good, selector.path("requirements").size());
  }

  private List<SelectorRequirement> labels(JsonNode selector) {
    String raw = selector.path("rawSelector").asText();
    if (!raw.isEmpty()) {
      try {
        return LabelSelector.parse(raw).described();
      } catch (SelectorSyntaxException e) {
        return understood("labelSelector", List.of(), 1);
      }
    }
    List<LabelRequirement> good = new ArrayList<>();
    for (JsonNode each : selector.path("requirements")) {
      try {
        good.add(LabelRequirement.of(requirement(each)));
      } catch (SelectorSyntaxException e) {
        continue; // counted below
      }
    }
    return understood(
        "labelSelector", new LabelSelector(good).described(), selector.path("requirements").size());
  }

  private List<SelectorRequirement> understood(
      String field, List<SelectorRequirement> good, int asked) {
    if (good.size() < asked) {
      String how = good.isEmpty() ? " ignored" : " partially ignored";
      faults.add(PLACE + field + how + " due to parse error");
    }
    return good;
  }

  private static SelectorRequirement requirement(JsonNode node) {
    List<String> values = new ArrayList<>();
    node.path("values").forEach(value -> values.add(value.asText()));
    return new SelectorRequirement(
        node.path("key").asText(), node.path("operator").asText(), values);
  }
}

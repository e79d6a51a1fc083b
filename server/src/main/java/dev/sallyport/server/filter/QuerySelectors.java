package dev.sallyport.server.filter;

import dev.sallyport.api.SelectorRequirement;
import dev.sallyport.api.Selectors;
import dev.sallyport.resources.selector.FieldSelector;
import dev.sallyport.resources.selector.LabelSelector;
import dev.sallyport.resources.selector.SelectorSyntaxException;
import dev.sallyport.server.chain.Query;
import java.util.List;

/** The selectors of a query, for authorizers. One that cannot be read limits nothing. */
final class QuerySelectors {

  private QuerySelectors() {}

  static Selectors of(Query query) {
    if (query.isEmpty()) {
      return Selectors.NONE;
    }
    String fields = query.text("fieldSelector");
    String labels = query.text("labelSelector");
    return fields.isEmpty() && labels.isEmpty()
        ? Selectors.NONE
        : new Selectors(fields(fields), labels(labels));
  }

  private static List<SelectorRequirement> fields(String text) {
    try {
      return FieldSelector.parse(text).requirements();
    } catch (SelectorSyntaxException e) {
      return List.of(); // the endpoint refuses it, if authorization lets it come so far
    }
  }

  private static List<SelectorRequirement> labels(String text) {
    try {
      return LabelSelector.parse(text).described();
    } catch (SelectorSyntaxException e) {
      return List.of(); // as above
    }
  }
}

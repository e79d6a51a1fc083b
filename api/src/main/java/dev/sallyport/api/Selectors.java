package dev.sallyport.api;

import java.util.List;

/**
 * To which objects of a collection a request limits itself, as far as authorizers can be told. They
 * only ever narrow, so a condition that nobody could read may be left out.
 *
 * @param fields of the field selector; all must hold
 * @param labels of the label selector; all must hold
 * @see <a href="https://github.com/kubernetes/enhancements/issues/4601">KEP-4601, Authorize with
 *     selectors</a>
 */
public record Selectors(List<SelectorRequirement> fields, List<SelectorRequirement> labels) {
  public static final Selectors NONE = new Selectors(List.of(), List.of());

  public Selectors {
    fields = List.copyOf(fields);
    labels = List.copyOf(labels);
  }
}

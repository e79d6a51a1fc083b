package dev.sallyport.resources.selector;

import dev.sallyport.api.SelectorRequirement;
import java.util.List;
import java.util.Map;

/**
 * A conjunction of label requirements. Immutable, safe for any thread.
 *
 * @param requirements all must hold; none means everything matches
 * @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/">Labels
 *     and selectors</a>
 */
public record LabelSelector(List<LabelRequirement> requirements) {

  public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

  public LabelSelector {
    requirements = List.copyOf(requirements);
  }

  /**
   * Reads the query form, such as {@code app in (x,y),!canary}.
   *
   * @throws SelectorSyntaxException in the words a client is answered with
   */
  public static LabelSelector parse(String text) {
    return text.isEmpty() ? EVERYTHING : new LabelSelectorParser(text).parse();
  }

  /** The requirements in the words of access reviews, which have none for comparing numbers. */
  public List<SelectorRequirement> described() {
    return requirements.stream().flatMap(each -> each.described().stream()).toList();
  }

  public boolean matches(Map<String, String> labels) {
    for (LabelRequirement requirement : requirements) {
      if (!requirement.matches(labels)) {
        return false;
      }
    }
    return true;
  }

  public boolean everything() {
    return requirements.isEmpty();
  }
}

package dev.sallyport.resources.selector;

import dev.sallyport.api.SelectorRequirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A conjunction of field comparisons. Immutable, safe for any thread.
 *
 * @param terms all must hold; none means everything matches
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/overview/working-with-objects/field-selectors/">Field
 *     selectors</a>
 */
public record FieldSelector(List<Term> terms) {

  public static final FieldSelector EVERYTHING = new FieldSelector(List.of());

  /** One comparison: the field is, or is not, that value. An absent field is "". */
  public record Term(String field, boolean equal, String value) {
    boolean matches(Map<String, String> fields) {
      return fields.getOrDefault(field, "").equals(value) == equal;
    }
  }

  public FieldSelector {
    terms = List.copyOf(terms);
  }

  /**
   * Reads the query form, such as {@code metadata.name=a,status.phase!=Running}; a backslash keeps
   * a following backslash, comma or equals sign from its meaning.
   *
   * @throws SelectorSyntaxException in the words a client is answered with
   */
  public static FieldSelector parse(String text) {
    if (text.isEmpty()) {
      return EVERYTHING;
    }
    List<Term> terms = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i < text.length() && text.charAt(i) == '\\') {
        i++;
      } else if (i == text.length() || text.charAt(i) == ',') {
        addTerm(text, text.substring(start, i), terms);
        start = i + 1;
      }
    }
    if (start < text.length()) {
      addTerm(text, text.substring(start), terms);
    }
    return new FieldSelector(terms);
  }

  private static void addTerm(String selector, String term, List<Term> terms) {
    if (term.isEmpty()) {
      return;
    }
    for (int i = 0; i < term.length(); i++) {
      char c = term.charAt(i);
      boolean equalsFollows = i + 1 < term.length() && term.charAt(i + 1) == '=';
      if (c == '=' || (c == '!' && equalsFollows)) {
        int length = equalsFollows ? 2 : 1;
        terms.add(new Term(term.substring(0, i), c == '=', unescape(term.substring(i + length))));
        return;
      }
    }
    throw new SelectorSyntaxException(
        "invalid selector: '" + selector + "'; can't understand '" + term + "'");
  }

  private static String unescape(String value) {
    if (value.indexOf('\\') < 0 && value.indexOf('=') < 0) {
      return value;
    }
    StringBuilder plain = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\') {
        i++;
        char escaped = i < value.length() ? value.charAt(i) : '\\';
        if (i >= value.length() || (escaped != '\\' && escaped != ',' && escaped != '=')) {
          throw new SelectorSyntaxException(
              "invalid field selector: invalid escape sequence: "
                  + value.substring(i - 1, Math.min(i + 1, value.length())));
        }
        plain.append(escaped);
      } else if (c == '=') {
        throw new SelectorSyntaxException(
            "invalid field selector: unescaped character in value: " + c);
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  /** The selector with every field's name replaced, for kinds whose fields have other names too. */
  public FieldSelector rename(UnaryOperator<String> names) {
    List<Term> renamed = new ArrayList<>(terms.size());
    for (Term term : terms) {
      renamed.add(new Term(names.apply(term.field()), term.equal(), term.value()));
    }
    return new FieldSelector(renamed);
  }

  public boolean matches(Map<String, String> fields) {
    for (Term term : terms) {
      if (!term.matches(fields)) {
        return false;
      }
    }
    return true;
  }

  /** The terms in the words of access reviews. */
  public List<SelectorRequirement> requirements() {
    return terms.stream()
        .map(
            term ->
                new SelectorRequirement(
                    term.field(),
                    term.equal() ? SelectorRequirement.IN : SelectorRequirement.NOT_IN,
                    List.of(term.value())))
        .toList();
  }

  /** The value a term demands of that field, or "" when none does. */
  public String required(String field) {
    for (Term term : terms) {
      if (term.equal() && term.field().equals(field)) {
        return term.value();
      }
    }
    return "";
  }

  public boolean everything() {
    return terms.isEmpty();
  }
}

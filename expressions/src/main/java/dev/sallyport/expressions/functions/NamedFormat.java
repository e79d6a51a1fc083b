package dev.sallyport.expressions.functions;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Forms that texts may have, by the names that rules know them by.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-format-library">Kubernetes
 *     format library</a>
 */
enum NamedFormat {
  DNS1123_LABEL("dns1123Label", "[a-z0-9]([-a-z0-9]*[a-z0-9])?", 63, false),
  DNS1123_SUBDOMAIN(
      "dns1123Subdomain",
      "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*",
      253,
      false),
  DNS1035_LABEL("dns1035Label", "[a-z]([-a-z0-9]*[a-z0-9])?", 63, false),
  QUALIFIED_NAME(
      "qualifiedName",
      "([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?"
          + "([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]",
      317,
      false),
  DNS1123_LABEL_PREFIX("dns1123LabelPrefix", DNS1123_LABEL.form, 63, true),
  DNS1123_SUBDOMAIN_PREFIX("dns1123SubdomainPrefix", DNS1123_SUBDOMAIN.form, 253, true),
  DNS1035_LABEL_PREFIX("dns1035LabelPrefix", DNS1035_LABEL.form, 63, true),
  LABEL_VALUE("labelValue", "(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?", 63, false),
  URI("uri", "([a-zA-Z][a-zA-Z0-9+.-]*:\\S+|/\\S*)", 1 << 16, false),
  UUID(
      "uuid",
      "[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}",
      36,
      false),
  BYTE("byte", "([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?", 3 << 20, false),
  DATE("date", "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", 10, false),
  DATETIME(
      "datetime",
      "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])[Tt]"
          + "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]+)?"
          + "([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])",
      64,
      false);

  private final String word;
  private final String form;
  private final int longest;

  /** A prefix may end with a dash, as what follows it will not. */
  private final boolean prefix;

  private final Pattern pattern;

  NamedFormat(String word, String form, int longest, boolean prefix) {
    this.word = word;
    this.form = form;
    this.longest = longest;
    this.prefix = prefix;
    this.pattern = Pattern.compile("^(?:" + form + ")$");
  }

  static @Nullable NamedFormat of(String word) {
    for (NamedFormat format : values()) {
      if (format.word.equals(word)) {
        return format;
      }
    }
    return null;
  }

  String word() {
    return word;
  }

  /** What is wrong with a text; nothing when it has the form. */
  Optional<List<String>> validate(String text) {
    if (text.length() > longest) {
      return Optional.of(List.of("must be no more than " + longest + " characters"));
    }
    String whole = prefix && text.endsWith("-") ? text.substring(0, text.length() - 1) : text;
    return pattern.matcher(whole).matches()
        ? Optional.empty()
        : Optional.of(
            List.of(
                String.format(
                    Locale.ROOT, "must be a %s (regex used for validation is '%s')", word, form)));
  }
}

package dev.sallyport.authz.rbac;

import java.util.Collection;

/** Several complaints as one text. */
final class Listed {

  private Listed() {}

  /** The only one as it is, more as {@code [a, b]}. */
  static String of(Collection<String> texts) {
    return texts.size() == 1 ? texts.iterator().next() : "[" + String.join(", ", texts) + "]";
  }
}

package dev.sallyport.resources.kinds.networking;

import dev.sallyport.resources.validation.Field;

/** One path of an ingress's rule and where it leads. */
final class IngressPath {

  private static final String[] REFUSED_INSIDE = {"//", "/./", "/../", "%2f", "%2F"};
  private static final String[] REFUSED_AT_END = {"/..", "/."};

  private IngressPath() {}

  static void check(Field path) {
    Field type = path.at("pathType");
    Field text = path.at("path");
    if (!type.present()) {
      type.required("pathType must be specified");
    } else {
      switch (type.text()) {
        case "Exact", "Prefix" -> literal(text);
        case "ImplementationSpecific" -> {
          if (!text.isEmpty() && !text.text().startsWith("/")) {
            text.invalid("must be an absolute path");
          }
        }
        default -> type.unsupported("Exact", "ImplementationSpecific", "Prefix");
      }
    }
    IngressBackend.check(path.at("backend"));
  }

  private static void literal(Field path) {
    String text = path.text();
    if (!text.startsWith("/")) {
      path.invalid("must be an absolute path");
    }
    for (String part : REFUSED_INSIDE) {
      if (text.contains(part)) {
        path.invalid("must not contain '" + part + "'");
      }
    }
    for (String end : REFUSED_AT_END) {
      if (text.endsWith(end)) {
        path.invalid("cannot end with '" + end + "'");
      }
    }
  }
}

package dev.sallyport.server.filter;

import dev.sallyport.resources.selector.FieldSelector;
import dev.sallyport.resources.selector.SelectorSyntaxException;
import dev.sallyport.server.chain.Query;

/**
 * The parameters of a collection's GET that change what is asked for.
 *
 * @param watch whether it is a watch
 * @param name the one object's name that the field selector allows, or ""
 */
record ListParameters(boolean watch, String name) {

  private static final ListParameters LIST = new ListParameters(false, "");
  private static final ListParameters WATCH = new ListParameters(true, "");

  static ListParameters of(Query query) {
    if (query.isEmpty()) {
      return LIST;
    }
    boolean watch = query.on("watch");
    String selector = query.text("fieldSelector");
    // With any parameter unreadable kube-apiserver believes none of them but watch.
    if (selector.isEmpty() || !numeric(query, "limit") || !numeric(query, "timeoutSeconds")) {
      return watch ? WATCH : LIST;
    }
    return new ListParameters(watch, exactName(selector));
  }

  private static boolean numeric(Query query, String name) {
    String value = query.text(name);
    if (value.isEmpty()) {
      return true;
    }
    try {
      Long.parseLong(value);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static String exactName(String selector) {
    try {
      String name = FieldSelector.parse(selector).required("metadata.name");
      return segment(name) ? name : "";
    } catch (SelectorSyntaxException e) {
      return ""; // the endpoint refuses it, if authorization lets it come so far
    }
  }

  private static boolean segment(String name) {
    return !name.equals(".")
        && !name.equals("..")
        && name.indexOf('/') < 0
        && name.indexOf('%') < 0;
  }
}

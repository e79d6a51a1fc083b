package dev.sallyport.authz.webhook;

import dev.sallyport.api.Attributes;
import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.SelectorRequirement;
import dev.sallyport.api.Selectors;
import dev.sallyport.api.UserInfo;
import java.util.List;

/**
 * Everything that a webhook is told, so that no decision is ever used for another question.
 *
 * @param path "" for a resource, of whose path the webhook hears nothing
 */
record DecisionKey(
    UserInfo user,
    boolean resourceRequest,
    String path,
    String verb,
    String group,
    String version,
    String namespace,
    String resource,
    String subresource,
    String name,
    Selectors selectors) {

  /** More characters in what clients choose are not kept in memory. */
  private static final int LONGEST = 10_000;

  static DecisionKey of(Attributes attributes) {
    RequestInfo request = attributes.request();
    return new DecisionKey(
        attributes.user(),
        request.resourceRequest(),
        request.resourceRequest() ? "" : request.path(),
        request.verb(),
        request.apiGroup(),
        request.apiVersion(),
        request.namespace(),
        request.resource(),
        request.subresource(),
        request.name(),
        request.selectors());
  }

  boolean worthKeeping() {
    int length =
        path.length()
            + verb.length()
            + group.length()
            + version.length()
            + namespace.length()
            + resource.length()
            + subresource.length()
            + name.length()
            + length(selectors.fields())
            + length(selectors.labels());
    return length < LONGEST;
  }

  private static int length(List<SelectorRequirement> requirements) {
    int length = 0;
    for (SelectorRequirement each : requirements) {
      length += each.key().length();
      for (String value : each.values()) {
        length += value.length() + 1;
      }
    }
    return length;
  }
}

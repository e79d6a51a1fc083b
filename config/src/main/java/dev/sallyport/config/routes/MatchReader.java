package dev.sallyport.config.routes;

import dev.sallyport.config.document.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads a route's {@code match}. */
final class MatchReader {

  /** Credentials, identities and what concerns the connection: no request is chosen by them. */
  private static final Set<String> NOT_TO_MATCH =
      Set.of(
          "authorization",
          "connection",
          "content-length",
          "cookie",
          "expect",
          "forwarded",
          "host",
          "http2-settings",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "via");

  private static final List<String> PREFIXES_NOT_TO_MATCH =
      List.of("x-remote-", "impersonate-", "x-forwarded-", "x-original-", "x-rewrite-");

  private final Fields fields;

  MatchReader(Fields fields) {
    this.fields = fields;
  }

  RouteMatch read() {
    return new RouteMatch(hosts("hosts"), hosts("serverNames"), prefix(), methods(), headers());
  }

  private List<String> hosts(String field) {
    List<String> hosts = new ArrayList<>();
    for (String given : fields.texts(field)) {
      String host = given.toLowerCase(Locale.ROOT);
      if (!HostPattern.wellFormed(host)) {
        fields.fault(
            field + "[" + hosts.size() + "]",
            "\"" + given + "\" (expected: a name without port, or *.name)");
      }
      hosts.add(host);
    }
    return hosts;
  }

  private String prefix() {
    String given = fields.optionalText("pathPrefix").orElse("/");
    if (!PathPrefix.wellFormed(given)) {
      fields.fault(
          "pathPrefix",
          "\"" + given + "\" (expected: /segment/segment without escapes, dots and empty ones)");
      return "";
    }
    return given.endsWith("/") ? given.substring(0, given.length() - 1) : given;
  }

  private List<String> methods() {
    List<String> methods = fields.texts("methods");
    for (int i = 0; i < methods.size(); i++) {
      String method = methods.get(i);
      if (method.isEmpty() || !method.chars().allMatch(c -> c >= 'A' && c <= 'Z')) {
        fields.fault("methods[" + i + "]", "\"" + method + "\" (expected: capitals such as GET)");
      }
    }
    return methods;
  }

  private List<HeaderMatch> headers() {
    List<HeaderMatch> headers = new ArrayList<>();
    for (Fields each : fields.objects("headers")) {
      String name = each.text("name").toLowerCase(Locale.ROOT);
      if (!isToken(name)) {
        each.fault("name", "\"" + name + "\" (expected: a header's name)");
      } else if (guarded(name)) {
        each.fault(
            "name", "\"" + name + "\" (expected: no credential, identity or header of a proxy)");
      }
      headers.add(new HeaderMatch(name, each.text("value")));
    }
    return headers;
  }

  private static boolean guarded(String name) {
    String folded = name.replace('_', '-');
    return NOT_TO_MATCH.contains(folded)
        || PREFIXES_NOT_TO_MATCH.stream().anyMatch(folded::startsWith);
  }

  private static boolean isToken(String name) {
    return !name.isEmpty()
        && name.chars()
            .allMatch(
                c ->
                    c >= 'a' && c <= 'z'
                        || c >= '0' && c <= '9'
                        || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
  }
}

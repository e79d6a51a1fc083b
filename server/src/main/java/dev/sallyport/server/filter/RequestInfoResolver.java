package dev.sallyport.server.filter;

import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.Selectors;
import dev.sallyport.server.chain.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Makes out of method, path and query what is asked, by kube-apiserver's rules. A pure function.
 *
 * <p>The path is taken as it reads: empty segments in its middle, dots and decoded slashes count as
 * segments, so that authorization judges what was sent; whether such a path is served at all is
 * decided behind authorization.
 */
public final class RequestInfoResolver {

  private static final RequestInfo ROOT = RequestInfo.ofPath("get", "/");

  /**
   * @param path percent-decoded
   */
  public RequestInfo resolve(String method, String path, Query query) {
    if (!path.startsWith("/api") && !path.startsWith("//")) {
      return ofPath(method, path);
    }
    List<String> parts = split(path);
    if (parts.size() < 3) {
      return ofPath(method, path);
    }
    String prefix = parts.get(0);
    boolean grouped = prefix.equals("apis");
    if (!(grouped || prefix.equals("api")) || (grouped && parts.size() < 4)) {
      return ofPath(method, path);
    }
    String group = grouped ? parts.get(1) : "";
    int at = grouped ? 2 : 1;
    return new Asked(method, path, query, prefix, group, parts, at).resolve();
  }

  private static RequestInfo ofPath(String method, String path) {
    if (path.equals("/") && method.equals("GET")) {
      return ROOT;
    }
    return RequestInfo.ofPath(method.toLowerCase(Locale.ROOT), path);
  }

  /** The segments between the slashes, without those at both ends of the path. */
  static List<String> split(String path) {
    int start = 0;
    int end = path.length();
    while (start < end && path.charAt(start) == '/') {
      start++;
    }
    while (end > start && path.charAt(end - 1) == '/') {
      end--;
    }
    List<String> parts = new ArrayList<>(8);
    while (start < end) {
      int slash = path.indexOf('/', start);
      if (slash < 0 || slash >= end) {
        slash = end;
      }
      parts.add(path.substring(start, slash));
      start = slash + 1;
    }
    return parts;
  }

  /** One resource path on its way to a {@link RequestInfo}; {@code at} is the version's place. */
  private record Asked(
      String method,
      String path,
      Query query,
      String prefix,
      String group,
      List<String> parts,
      int at) {

    RequestInfo resolve() {
      String first = parts.get(at + 1);
      boolean verbInPath = first.equals("watch") || first.equals("proxy");
      if (verbInPath && parts.size() < at + 3) {
        return ofPath(method, path);
      }
      String verb = verbInPath ? first : verbOf(method);
      RequestInfo info = below(verb, parts.subList(verbInPath ? at + 2 : at + 1, parts.size()));
      // Of a verb in the path kube-apiserver's authorizers are told no selectors.
      return verbInPath ? info : selecting(info);
    }

    private RequestInfo selecting(RequestInfo info) {
      return switch (info.verb()) {
        case "list", "watch", "deletecollection" -> {
          Selectors selectors = QuerySelectors.of(query);
          yield selectors == Selectors.NONE ? info : info.selecting(selectors);
        }
        default -> info;
      };
    }

    /** What stands behind group, version and a verb in the path. */
    private RequestInfo below(String verb, List<String> rest) {
      String namespace = "";
      List<String> target = rest;
      if (rest.get(0).equals("namespaces") && rest.size() > 1) {
        namespace = rest.get(1);
        if (rest.size() > 2 && !isNamespaceSubresource(rest.get(2))) {
          target = rest.subList(2, rest.size());
        }
      }
      String name = target.size() > 1 ? target.get(1) : "";
      String subresource = target.size() > 2 && !verb.equals("proxy") ? target.get(2) : "";
      String asked = verb;
      if (name.isEmpty() && verb.equals("get")) {
        ListParameters list = ListParameters.of(query);
        asked = list.watch() ? "watch" : "list";
        name = list.name();
      } else if (name.isEmpty() && verb.equals("delete")) {
        asked = "deletecollection";
      }
      return new RequestInfo(
          true,
          path,
          asked,
          prefix,
          group,
          parts.get(at),
          namespace,
          target.get(0),
          subresource,
          name,
          target);
    }

    private static boolean isNamespaceSubresource(String segment) {
      return segment.equals("status") || segment.equals("finalize");
    }

    private static String verbOf(String method) {
      return switch (method) {
        case "GET", "HEAD" -> "get";
        case "POST" -> "create";
        case "PUT" -> "update";
        case "PATCH" -> "patch";
        case "DELETE" -> "delete";
        default -> "";
      };
    }
  }
}

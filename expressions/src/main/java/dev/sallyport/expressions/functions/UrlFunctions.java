package dev.sallyport.expressions.functions;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionOverload;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/** URLs: absolute ones and paths from the root. */
final class UrlFunctions {

  static final CelType URL = OpaqueType.create("kubernetes.URL");

  private UrlFunctions() {}

  /** A URL, kept by its text: equal texts are equal URLs. */
  private record Url(URI uri) {}

  static Family family() {
    Family family = new Family();
    family.global(
        "url", "string_to_url", URL, SimpleType.STRING, String.class, UrlFunctions::parse);
    family.global(
        "isURL",
        "is_url_string",
        SimpleType.BOOL,
        SimpleType.STRING,
        String.class,
        text -> isUrl(text));
    text(family, "getScheme", "url_get_scheme", url -> orEmpty(url.uri.getScheme()));
    text(family, "getHost", "url_get_host", url -> host(url.uri));
    text(family, "getHostname", "url_get_hostname", url -> hostname(url.uri));
    text(
        family,
        "getPort",
        "url_get_port",
        url -> url.uri.getPort() < 0 ? "" : String.valueOf(url.uri.getPort()));
    text(family, "getEscapedPath", "url_get_escaped_path", url -> orEmpty(url.uri.getRawPath()));
    family.member(
        "getQuery",
        "url_get_query",
        MapType.create(SimpleType.STRING, ListType.create(SimpleType.STRING)),
        URL,
        Url.class,
        url -> query(orEmpty(url.uri.getRawQuery())));
    return family;
  }

  private static void text(
      Family family, String name, String id, CelFunctionOverload.Unary<Url> part) {
    family.member(name, id, SimpleType.STRING, URL, Url.class, part);
  }

  private static Url parse(String text) throws CelEvaluationException {
    try {
      URI uri = new URI(text);
      if (uri.isAbsolute() || text.startsWith("/")) {
        return new Url(uri);
      }
    } catch (URISyntaxException e) {
      throw new CelEvaluationException(fault(text), e);
    }
    throw new CelEvaluationException(fault(text));
  }

  private static String fault(String text) {
    return "URL parse error during conversion from string: parse \""
        + text
        + "\": invalid URI for request";
  }

  private static boolean isUrl(String text) {
    try {
      parse(text);
      return true;
    } catch (CelEvaluationException e) {
      return false;
    }
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static String host(URI uri) {
    String host = orEmpty(uri.getHost());
    return uri.getPort() < 0 ? host : host + ":" + uri.getPort();
  }

  private static String hostname(URI uri) {
    String host = orEmpty(uri.getHost());
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static Map<String, List<String>> query(String text) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    StringTokenizer parts = new StringTokenizer(text, "&");
    while (parts.hasMoreTokens()) {
      String part = parts.nextToken();
      int equals = part.indexOf('=');
      String key = equals < 0 ? part : part.substring(0, equals);
      String value = equals < 0 ? "" : part.substring(equals + 1);
      query.computeIfAbsent(decoded(key), made -> new ArrayList<>()).add(decoded(value));
    }
    return query;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}

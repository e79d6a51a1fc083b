package dev.sallyport.authz.attributes;

import dev.sallyport.api.RequestInfo;
import dev.sallyport.config.routes.AttributesConfig;
import dev.sallyport.config.routes.PathTemplate;
import dev.sallyport.config.routes.ResourceQuestion;
import dev.sallyport.config.routes.Rewrites;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes out of a request what its caller must have a right to, by a route's configuration. Every
 * question must be answered with yes. A pure function; any thread.
 */
public final class RequestQuestions {

  /** More values than any client needs, and few enough to be asked about one by one. */
  static final int MOST_VALUES = 64;

  private static final List<String> NO_VALUE = List.of("");

  private final @Nullable ResourceQuestion resource;
  private final Rewrites rewrites;

  public RequestQuestions(AttributesConfig config) {
    this.resource = config.resource().orElse(null);
    this.rewrites = config.rewrites();
  }

  /**
   * The questions, at least one.
   *
   * @return empty when the request does not bring what they are made of: it is malformed
   */
  public List<RequestInfo> of(AskedRequest request) {
    String verb = verb(request.method());
    ResourceQuestion asked = resource;
    if (asked == null) {
      return List.of(RequestInfo.ofPath(verb, request.path()));
    }
    Map<String, String> segments = segments(request.path());
    List<String> values = rewrites.byValue() ? values(request) : NO_VALUE;
    if (segments == null || values.size() > MOST_VALUES) {
      return List.of();
    }
    List<RequestInfo> questions = new ArrayList<>(values.size());
    for (String value : values) {
      questions.add(
          RequestInfo.ofResource(
              verb,
              asked.apiGroup().fill(value, segments),
              asked.apiVersion().fill(value, segments),
              asked.namespace().fill(value, segments),
              asked.resource().fill(value, segments),
              asked.subresource().fill(value, segments),
              asked.name().fill(value, segments)));
    }
    return questions;
  }

  /** Null when no pattern covers the path. */
  private @Nullable Map<String, String> segments(String path) {
    if (rewrites.paths().isEmpty()) {
      return Map.of();
    }
    for (PathTemplate template : rewrites.paths()) {
      Map<String, String> found = template.match(path);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** What the service behind may take for the parameter or header, however it is spelled. */
  private List<String> values(AskedRequest request) {
    List<String> values = new ArrayList<>();
    if (!rewrites.queryParameter().isEmpty()) {
      if (request.ambiguousQuery()) {
        return List.of();
      }
      values.addAll(request.query(rewrites.queryParameter()));
    }
    if (!rewrites.header().isEmpty()) {
      String wanted = folded(rewrites.header());
      request
          .headers()
          .forEach(
              (name, value) -> {
                if (name.length() == wanted.length() && folded(name).equals(wanted)) {
                  values.add(value);
                }
              });
    }
    return values;
  }

  /** Servers behind CGI-like interfaces read an underscore and a hyphen alike. */
  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** "" for a method that has no verb: nobody but who may do all is allowed it. */
  private static String verb(String method) {
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

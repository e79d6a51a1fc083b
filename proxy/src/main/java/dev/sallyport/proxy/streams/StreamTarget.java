package dev.sallyport.proxy.streams;

import dev.sallyport.proxy.UpstreamRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which stream of which pod a request wants.
 *
 * @param query still encoded, "" without one
 */
public record StreamTarget(Kind kind, String namespace, String pod, String query) {

  /** The subresources that stream. */
  public enum Kind {
    EXEC,
    ATTACH,
    PORTFORWARD
  }

  /** What the request wants, or null when it is none of these streams. */
  public static @Nullable StreamTarget of(UpstreamRequest request) {
    return request.upgrade().isEmpty() ? null : of(request.target());
  }

  /**
   * Reads the path as kube-apiserver does: decoded once, empty parts left out.
   *
   * @param target path and query, still encoded
   */
  public static @Nullable StreamTarget of(String target) {
    int mark = target.indexOf('?');
    List<String> parts = parts(mark < 0 ? target : target.substring(0, mark));
    boolean pod =
        parts.size() >= 7
            && parts.subList(0, 3).equals(List.of("api", "v1", "namespaces"))
            && parts.get(4).equals("pods");
    Kind kind = pod ? kind(parts.get(6)) : null;
    return kind == null
        ? null
        : new StreamTarget(
            kind, parts.get(3), parts.get(5), mark < 0 ? "" : target.substring(mark + 1));
  }

  private static List<String> parts(String path) {
    List<String> parts = new ArrayList<>();
    for (String part : path.split("/", -1)) {
      if (!part.isEmpty()) {
        parts.add(decoded(part.replace("+", "%2B")));
      }
    }
    return parts;
  }

  private static @Nullable Kind kind(String subresource) {
    for (Kind kind : Kind.values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(subresource)) {
        return kind;
      }
    }
    return null;
  }

  /** The first value of that parameter, decoded; null without one. */
  public @Nullable String parameter(String name) {
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? pair : pair.substring(0, equals);
      if (decoded(key).equals(name)) {
        return equals < 0 ? "" : decoded(pair.substring(equals + 1));
      }
    }
    return null;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // the upstream will say what it thinks of it
    }
  }

  /** All values of that parameter, decoded. */
  public List<String> parameters(String name) {
    List<String> values = new ArrayList<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals >= 0 && decoded(pair.substring(0, equals)).equals(name)) {
        values.add(decoded(pair.substring(equals + 1)));
      }
    }
    return values;
  }

  /** The channels of the command, by the parameters as kube-apiserver reads them. */
  public Set<CommandChannel> channels() {
    Set<CommandChannel> channels = EnumSet.of(CommandChannel.ERROR);
    boolean tty = flag("tty", false);
    if (flag("stdin", false)) {
      channels.add(CommandChannel.STDIN);
    }
    if (flag("stdout", true)) {
      channels.add(CommandChannel.STDOUT);
    }
    if (tty) {
      channels.add(CommandChannel.RESIZE);
    } else if (flag("stderr", true)) {
      channels.add(CommandChannel.STDERR);
    }
    return channels;
  }

  private boolean flag(String name, boolean otherwise) {
    String value = parameter(name);
    return value == null ? otherwise : !value.equalsIgnoreCase("false") && !value.equals("0");
  }
}

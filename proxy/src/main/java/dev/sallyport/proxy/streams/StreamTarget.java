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

  private static final List<String> CORE = List.of("api", "v1", "namespaces");

  /** Of a path from {@code api} to the subresource. */
  private static final int PARTS = 7;

  private static final int LAST_PORT = 65_535;

  /** Two channels each, whose numbers fit a digit of the base64 form. */
  private static final int MOST_PORTS = 32;

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
   * Reads the path as kube-apiserver does: decoded once, empty parts left out. It may stand behind
   * a prefix, which another proxy behind will cut off.
   *
   * @param target path and query, still encoded
   */
  public static @Nullable StreamTarget of(String target) {
    int mark = target.indexOf('?');
    String query = mark < 0 ? "" : target.substring(mark + 1);
    List<String> parts = parts(mark < 0 ? target : target.substring(0, mark));
    for (int i = 0; i + PARTS <= parts.size(); i++) {
      StreamTarget found = of(parts.subList(i, i + PARTS), query);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static @Nullable StreamTarget of(List<String> parts, String query) {
    boolean pod = parts.subList(0, 3).equals(CORE) && parts.get(4).equals("pods");
    Kind kind = pod ? kind(parts.get(6)) : null;
    return kind == null ? null : new StreamTarget(kind, parts.get(3), parts.get(5), query);
  }

  /** Whether the request goes to a node, whose kubelet gives shells too, by paths of its own. */
  public static boolean throughANode(UpstreamRequest request) {
    int mark = request.target().indexOf('?');
    String path = mark < 0 ? request.target() : request.target().substring(0, mark);
    return !request.upgrade().isEmpty() && parts(path).contains("nodes");
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

  /**
   * The ports to forward over a WebSocket, as kube-apiserver reads them: one or several in each
   * parameter.
   *
   * @throws StreamException when there are none, too many, or one is no port
   */
  public List<Integer> ports() throws StreamException {
    List<Integer> ports = new ArrayList<>();
    for (String list : parameters("ports")) {
      for (String port : list.split(",", -1)) {
        ports.add(port(port));
      }
    }
    if (ports.isEmpty() || ports.size() > MOST_PORTS) {
      throw new StreamException("the query names no ports, or more than " + MOST_PORTS);
    }
    return ports;
  }

  private static int port(String text) throws StreamException {
    int port = 0;
    for (int i = 0; i < text.length() && port <= LAST_PORT; i++) {
      int digit = text.charAt(i) - '0';
      port = digit < 0 || digit > 9 ? LAST_PORT + 1 : 10 * port + digit;
    }
    if (port == 0 || port > LAST_PORT) {
      throw new StreamException("\"" + text + "\" is no port");
    }
    return port;
  }

  private boolean flag(String name, boolean otherwise) {
    String value = parameter(name);
    return value == null ? otherwise : !value.equalsIgnoreCase("false") && !value.equals("0");
  }
}

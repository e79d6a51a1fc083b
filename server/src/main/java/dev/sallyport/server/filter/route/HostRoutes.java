package dev.sallyport.server.filter.route;

import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.server.chain.PercentCoding;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.filter.HeaderView;
import dev.sallyport.server.http.Request;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Routes compiled once: first those of the very host, then of the narrowest wildcard, then those of
 * any host; among these the longest prefix, then the most headers, then the file's order.
 */
public final class HostRoutes implements RouteTable {

  private final Map<String, PathTree> exact = new HashMap<>();
  private final Map<String, PathTree> wildcards = new HashMap<>();
  private final PathTree any;
  private final Predicate<String> own;

  /**
   * @param entries in their order
   * @param own whether a decoded path is this server's own
   * @param view what of the headers is seen behind authentication
   */
  public HostRoutes(List<RouteEntry> entries, Predicate<String> own, HeaderView view) {
    Map<String, PathTree.Builder> builders = new HashMap<>();
    PathTree.Builder rest = new PathTree.Builder();
    VisibleHeaders headers = new VisibleHeaders(view);
    for (RouteEntry entry : entries) {
      Candidate candidate = new Candidate(entry, entry.match(), headers);
      for (String host : entry.match().hosts()) {
        builders.computeIfAbsent(host, name -> new PathTree.Builder()).add(candidate);
      }
      if (entry.match().hosts().isEmpty()) {
        rest.add(candidate);
      }
    }
    builders.forEach(
        (host, builder) -> {
          boolean wild = host.startsWith("*.");
          (wild ? wildcards : exact).put(wild ? host.substring(1) : host, builder.build());
        });
    this.any = rest.build();
    this.own = own;
  }

  @Override
  public RequestContext route(RequestContext context) {
    Request request = context.request();
    Candidate found = find(request);
    if (found == null) {
      return context;
    }
    if (found == Candidate.MISDIRECTED) {
      throw new StatusException(misdirected());
    }
    RouteEntry entry = Objects.requireNonNull(found.entry());
    if (entry.leavesOwnPaths() && isOwn(request.path())) {
      return context;
    }
    if (!entry.stripPrefix()) {
      return context.routed(entry.route(), request);
    }
    int end = PathTree.endOfPrefix(request.path(), entry.match().pathPrefix());
    return context.routed(entry.route(), new RoutedRequest(request, end));
  }

  private boolean isOwn(String path) {
    String decoded = PercentCoding.decodePath(path);
    return decoded != null && own.test(decoded);
  }

  private @Nullable Candidate find(Request request) {
    Candidate found = null;
    if (!exact.isEmpty() || !wildcards.isEmpty()) {
      found = byHost(request, HostName.of(request.authority()));
    }
    return found == null ? any.find(request, 0) : found;
  }

  private @Nullable Candidate byHost(Request request, String host) {
    PathTree tree = exact.get(host);
    Candidate found = tree == null ? null : tree.find(request, 0);
    int dot = wildcards.isEmpty() ? -1 : host.indexOf('.', 1);
    while (found == null && dot > 0) {
      PathTree wild = wildcards.get(host.substring(dot));
      found = wild == null ? null : wild.find(request, 0);
      dot = host.indexOf('.', dot + 1);
    }
    return found;
  }

  private static Status misdirected() {
    return new Status(
        421,
        "",
        "this host is to be asked for in the TLS handshake; the connection asked for another",
        null);
  }
}

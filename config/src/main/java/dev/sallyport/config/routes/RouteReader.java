package dev.sallyport.config.routes;

import dev.sallyport.config.document.Fields;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the entries of {@code routes}. */
final class RouteReader {

  private final Path folder;
  private final Set<String> upstreams;

  /**
   * @param folder where relative file names start
   * @param upstreams the names there are
   */
  RouteReader(Path folder, Set<String> upstreams) {
    this.folder = folder;
    this.upstreams = upstreams;
  }

  List<RouteConfig> read(Fields root) {
    List<RouteConfig> routes = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Fields fields : root.objects("routes")) {
      RouteConfig route = route(fields);
      if (!names.add(route.name())) {
        fields.fault("name", "\"" + route.name() + "\" (expected: each name once)");
      }
      routes.add(route);
    }
    return routes;
  }

  private RouteConfig route(Fields fields) {
    RouteMatch match = new MatchReader(fields.object("match")).read();
    boolean strip = fields.bool("stripPrefix").orElse(false);
    if (strip && match.pathPrefix().isEmpty()) {
      fields.fault("stripPrefix", "there is no prefix to strip (expected: match.pathPrefix)");
    }
    return new RouteConfig(
        Names.read(fields),
        match,
        shares(fields),
        strip,
        RouteAuthorizationConfig.parse(fields.object("authorization")),
        Values.filtering(fields, "filterLists"),
        RecordingReader.parse(fields, folder));
  }

  private List<UpstreamShare> shares(Fields fields) {
    List<UpstreamShare> shares = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Fields each : fields.objects("upstreams")) {
      String name = each.text("name");
      if (!upstreams.contains(name)) {
        each.fault("name", "\"" + name + "\" is not among the upstreams");
      } else if (!seen.add(name)) {
        each.fault("name", "\"" + name + "\" (expected: each upstream once)");
      }
      shares.add(new UpstreamShare(name, Values.number(each, "weight", 1, 1_000_000, 1)));
    }
    if (shares.isEmpty()) {
      fields.fault("upstreams", "missing (expected: one or several names)");
    }
    return shares;
  }
}

package dev.sallyport.server.assembly;

import dev.sallyport.config.UpstreamIdentity;
import dev.sallyport.config.routes.ListFiltering;
import dev.sallyport.config.routes.RouteAuthorizationConfig.Judge;
import dev.sallyport.config.routes.RouteConfig;
import dev.sallyport.config.routes.RouteConfiguration;
import dev.sallyport.config.routes.UpstreamSpec;
import java.util.ArrayList;
import java.util.List;

/** Why lists cannot be filtered on the routes that ask for it. */
final class FilteredRouteFaults {

  private FilteredRouteFaults() {}

  static List<String> of(RouteConfiguration routes) {
    List<String> faults = new ArrayList<>();
    for (int i = 0; i < routes.routes().size(); i++) {
      RouteConfig route = routes.routes().get(i);
      if (route.filterLists() != ListFiltering.OFF) {
        String place = "routes[" + i + "].filterLists: ";
        look(route, routes).forEach(fault -> faults.add(place + fault));
      }
    }
    return faults;
  }

  private static List<String> look(RouteConfig route, RouteConfiguration routes) {
    List<String> faults = new ArrayList<>();
    if (route.authorization().judge() == Judge.UPSTREAM_REVIEW) {
      faults.add(
          "not with judge UpstreamReview, which tells of no rights before it is asked for each"
              + " (expected: judge UpstreamRBAC or Local)");
    }
    if (route.authorization().attributes().isPresent()) {
      faults.add("not together with authorization.attributes (expected: Kubernetes requests)");
    }
    if (route.upstreams().size() != 1) {
      faults.add("not with several upstreams, whose versions do not compare (expected: one)");
    }
    route.upstreams().stream()
        .flatMap(
            share -> routes.upstreams().stream().filter(each -> each.name().equals(share.name())))
        .filter(upstream -> !canAsk(upstream))
        .forEach(
            upstream ->
                faults.add(
                    "upstream \""
                        + upstream.name()
                        + "\" has no credential of its own, with which lists are asked for without"
                        + " the caller's name (expected: tokenFile, tls.clientCertificate or"
                        + " kubeconfig)"));
    return faults;
  }

  /** Where nobody is named, all requests go out alike, with a credential or without. */
  private static boolean canAsk(UpstreamSpec upstream) {
    return upstream.identity().kind() == UpstreamIdentity.NONE
        || upstream.kubeconfig().isPresent()
        || upstream.tokenFile().isPresent()
        || upstream.tls().clientCertificate().isPresent();
  }
}

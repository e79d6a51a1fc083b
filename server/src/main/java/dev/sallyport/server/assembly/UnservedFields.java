package dev.sallyport.server.assembly;

import dev.sallyport.config.StreamingProtocol;
import dev.sallyport.config.routes.ProxyProtocol;
import dev.sallyport.config.routes.RouteConfig;
import dev.sallyport.config.routes.RouteConfiguration;
import dev.sallyport.config.routes.UpstreamSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Fields that can be written but are not acted on in this version. They are refused, for a wish for
 * protection that is only read would be none.
 */
final class UnservedFields {

  private UnservedFields() {}

  static List<String> of(RouteConfiguration routes) {
    List<String> faults = new ArrayList<>();
    for (int i = 0; i < routes.upstreams().size(); i++) {
      UpstreamSpec upstream = routes.upstreams().get(i);
      String place = "upstreams[" + i + "].";
      note(upstream.proxyProtocol() != ProxyProtocol.OFF, place + "proxyProtocol", faults);
    }
    for (int i = 0; i < routes.routes().size(); i++) {
      RouteConfig route = routes.routes().get(i);
      String place = "routes[" + i + "].";
      note(route.filterLists(), place + "filterLists", faults);
    }
    return faults;
  }

  private static void note(boolean wanted, String place, List<String> faults) {
    if (wanted) {
      faults.add(place + ": is not supported yet");
    }
  }
}

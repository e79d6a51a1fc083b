package dev.sallyport.server.assembly;

import dev.sallyport.config.routes.RouteConfiguration;
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
    for (int i = 0; i < routes.routes().size(); i++) {
      if (routes.routes().get(i).filterLists()) {
        faults.add("routes[" + i + "].filterLists: is not supported yet");
      }
    }
    return faults;
  }
}

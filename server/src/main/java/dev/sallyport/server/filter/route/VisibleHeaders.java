package dev.sallyport.server.filter.route;

import dev.sallyport.config.routes.HeaderMatch;
import dev.sallyport.server.filter.HeaderView;
import dev.sallyport.server.http.Request;
import java.util.List;

/**
 * Headers that a route may be chosen by: those which everybody behind authentication may see too,
 * for what is stripped there shall decide nothing here.
 */
record VisibleHeaders(HeaderView view) {

  /** Whether the header stands there exactly once, with that value. */
  boolean match(Request request, HeaderMatch wanted) {
    List<String> values = request.headers().all(wanted.name());
    return values.size() == 1
        && values.get(0).equals(wanted.value())
        && wanted.value().equals(view.shown(wanted.name(), wanted.value()));
  }
}

package dev.sallyport.server.filter.route;

import dev.sallyport.server.http.Request;
import dev.sallyport.server.http.RequestView;

/** A request without the prefix that led to its route: as it is authorized, so it is sent. */
final class RoutedRequest extends RequestView {

  private final String path;

  /**
   * @param cut how much of the path is left out
   */
  RoutedRequest(Request request, int cut) {
    super(request);
    this.path = cut == request.path().length() ? "/" : request.path().substring(cut);
  }

  @Override
  public String path() {
    return path;
  }
}

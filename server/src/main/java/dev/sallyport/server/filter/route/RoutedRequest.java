package dev.sallyport.server.filter.route;

import dev.sallyport.api.Headers;
import dev.sallyport.server.http.Connection;
import dev.sallyport.server.http.Request;
import dev.sallyport.server.http.RequestBody;

/** A request without the prefix that led to its route: as it is authorized, so it is sent. */
final class RoutedRequest implements Request {

  private final Request request;
  private final String path;

  /**
   * @param cut how much of the path is left out
   */
  RoutedRequest(Request request, int cut) {
    this.request = request;
    this.path = cut == request.path().length() ? "/" : request.path().substring(cut);
  }

  @Override
  public String method() {
    return request.method();
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public String query() {
    return request.query();
  }

  @Override
  public String authority() {
    return request.authority();
  }

  @Override
  public Headers headers() {
    return request.headers();
  }

  @Override
  public RequestBody body() {
    return request.body();
  }

  @Override
  public Connection connection() {
    return request.connection();
  }

  @Override
  public void onAbort(Runnable action) {
    request.onAbort(action);
  }
}

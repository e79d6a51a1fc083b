package dev.sallyport.server.http;

import dev.sallyport.api.Headers;

/** A request of which something is seen otherwise than it came; all else is as it came. */
public abstract class RequestView implements Request {

  private final Request request;

  protected RequestView(Request request) {
    this.request = request;
  }

  /** The request behind it. */
  protected final Request request() {
    return request;
  }

  @Override
  public String method() {
    return request.method();
  }

  @Override
  public String path() {
    return request.path();
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
  public Origin origin() {
    return request.origin();
  }

  @Override
  public void onAbort(Runnable action) {
    request.onAbort(action);
  }
}

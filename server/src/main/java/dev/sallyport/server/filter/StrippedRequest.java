package dev.sallyport.server.filter;

import dev.sallyport.api.Headers;
import dev.sallyport.server.http.Connection;
import dev.sallyport.server.http.Origin;
import dev.sallyport.server.http.Request;
import dev.sallyport.server.http.RequestBody;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A request some of whose headers can no longer be seen, such as its credentials. */
public final class StrippedRequest implements Request, Headers {

  private final Request request;
  private final HeaderView view;

  public StrippedRequest(Request request, HeaderView view) {
    this.request = request;
    this.view = view;
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
    return this;
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

  @Override
  public @Nullable String first(String name) {
    String value = request.headers().first(name);
    return value == null ? null : view.shown(name, value);
  }

  @Override
  public List<String> all(String name) {
    List<String> values = new ArrayList<>();
    for (String value : request.headers().all(name)) {
      String shown = view.shown(name, value);
      if (shown != null) {
        values.add(shown);
      }
    }
    return values;
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super String> visitor) {
    request
        .headers()
        .forEach(
            (name, value) -> {
              String shown = view.shown(name, value);
              if (shown != null) {
                visitor.accept(name, shown);
              }
            });
  }
}

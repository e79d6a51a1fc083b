package dev.sallyport.server.filter;

import dev.sallyport.api.Headers;
import dev.sallyport.server.http.Connection;
import dev.sallyport.server.http.Request;
import dev.sallyport.server.http.RequestBody;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A request some of whose headers can no longer be seen, such as its credentials. */
public final class StrippedRequest implements Request, Headers {

  private final Request request;
  private final Predicate<String> hidden;

  /**
   * @param hidden tells by a header's name, in any case, whether it is hidden
   */
  public StrippedRequest(Request request, Predicate<String> hidden) {
    this.request = request;
    this.hidden = hidden;
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
  public void onAbort(Runnable action) {
    request.onAbort(action);
  }

  @Override
  public @Nullable String first(String name) {
    return hidden.test(name) ? null : request.headers().first(name);
  }

  @Override
  public List<String> all(String name) {
    return hidden.test(name) ? List.of() : request.headers().all(name);
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super String> visitor) {
    request
        .headers()
        .forEach(
            (name, value) -> {
              if (!hidden.test(name)) {
                visitor.accept(name, value);
              }
            });
  }
}

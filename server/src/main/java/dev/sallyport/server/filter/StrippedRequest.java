package dev.sallyport.server.filter;

import dev.sallyport.api.Headers;
import dev.sallyport.server.http.Connection;
import dev.sallyport.server.http.Request;
import dev.sallyport.server.http.RequestBody;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A request whose credentials can no longer be seen. */
final class StrippedRequest implements Request, Headers {

  private final Request request;
  private final CredentialHeaders hidden;

  StrippedRequest(Request request, CredentialHeaders hidden) {
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
    return hidden.covers(name) ? null : request.headers().first(name);
  }

  @Override
  public List<String> all(String name) {
    return hidden.covers(name) ? List.of() : request.headers().all(name);
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super String> visitor) {
    request
        .headers()
        .forEach(
            (name, value) -> {
              if (!hidden.covers(name)) {
                visitor.accept(name, value);
              }
            });
  }
}

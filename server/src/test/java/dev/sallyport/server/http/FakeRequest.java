package dev.sallyport.server.http;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A request made of its parts, for tests. */
public final class FakeRequest implements Request, Headers {

  private final String method;
  private final String path;
  private final String query;
  private final List<String> lines = new ArrayList<>();
  private final FakeConnection connection = new FakeConnection();
  private final List<Runnable> aborts = new ArrayList<>();
  private byte[] body = new byte[0];
  private String authority = "127.0.0.1:6443";

  private FakeRequest(String method, String target) {
    int mark = target.indexOf('?');
    this.method = method;
    this.path = mark < 0 ? target : target.substring(0, mark);
    this.query = mark < 0 ? "" : target.substring(mark + 1);
  }

  public static FakeRequest of(String method, String target) {
    return new FakeRequest(method, target);
  }

  public static FakeRequest get(String target) {
    return of("GET", target);
  }

  public FakeRequest header(String name, String value) {
    lines.add(name);
    lines.add(value);
    return this;
  }

  public FakeRequest authority(String value) {
    authority = value;
    return this;
  }

  public FakeRequest body(String text) {
    body = text.getBytes(StandardCharsets.UTF_8);
    return this;
  }

  /** The client goes away. */
  public void abort() {
    aborts.forEach(Runnable::run);
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public String query() {
    return query;
  }

  @Override
  public String authority() {
    return authority;
  }

  @Override
  public Headers headers() {
    return this;
  }

  @Override
  public FakeConnection connection() {
    return connection;
  }

  @Override
  public void onAbort(Runnable action) {
    aborts.add(action);
  }

  @Override
  public RequestBody body() {
    return new RequestBody() {
      @Override
      public long declaredLength() {
        return body.length;
      }

      @Override
      public Answer<byte[]> read(int limit) {
        return Answer.now(body);
      }

      @Override
      public void stream(Sink sink) {
        throw new UnsupportedOperationException("tests read bodies whole");
      }
    };
  }

  @Override
  public @Nullable String first(String name) {
    List<String> values = all(name);
    return values.isEmpty() ? null : values.get(0);
  }

  @Override
  public List<String> all(String name) {
    List<String> values = new ArrayList<>();
    forEach(
        (sent, value) -> {
          if (sent.equalsIgnoreCase(name)) {
            values.add(value);
          }
        });
    return values;
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super String> visitor) {
    for (int i = 0; i < lines.size(); i += 2) {
      visitor.accept(lines.get(i), lines.get(i + 1));
    }
  }
}

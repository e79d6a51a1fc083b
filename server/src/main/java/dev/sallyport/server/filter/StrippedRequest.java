package dev.sallyport.server.filter;

import dev.sallyport.api.Headers;
import dev.sallyport.server.http.Request;
import dev.sallyport.server.http.RequestView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A request some of whose headers can no longer be seen, such as its credentials. */
public final class StrippedRequest extends RequestView implements Headers {

  private final HeaderView view;

  public StrippedRequest(Request request, HeaderView view) {
    super(request);
    this.view = view;
  }

  @Override
  public Headers headers() {
    return this;
  }

  @Override
  public @Nullable String first(String name) {
    String value = request().headers().first(name);
    return value == null ? null : view.shown(name, value);
  }

  @Override
  public List<String> all(String name) {
    List<String> values = new ArrayList<>();
    for (String value : request().headers().all(name)) {
      String shown = view.shown(name, value);
      if (shown != null) {
        values.add(shown);
      }
    }
    return values;
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super String> visitor) {
    request()
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

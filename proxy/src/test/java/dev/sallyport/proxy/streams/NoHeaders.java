package dev.sallyport.proxy.streams;

import dev.sallyport.api.Headers;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A request without headers. */
public final class NoHeaders implements Headers {
  @Override
  public @Nullable String first(String name) {
    return null;
  }

  @Override
  public List<String> all(String name) {
    return List.of();
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super String> visitor) {}
}

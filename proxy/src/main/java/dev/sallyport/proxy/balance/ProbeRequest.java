package dev.sallyport.proxy.balance;

import dev.sallyport.api.Headers;
import dev.sallyport.api.UserInfo;
import dev.sallyport.proxy.UpstreamRequest;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What an endpoint is asked about its health: a GET that speaks for nobody. */
final class ProbeRequest {

  private static final UserInfo NOBODY = new UserInfo("", "", List.of(), Map.of());

  private static final Headers HEADERS =
      new Headers() {
        @Override
        public @Nullable String first(String name) {
          return name.equalsIgnoreCase("user-agent") ? "sallyport-health-check" : null;
        }

        @Override
        public List<String> all(String name) {
          String value = first(name);
          return value == null ? List.of() : List.of(value);
        }

        @Override
        public void forEach(BiConsumer<? super String, ? super String> visitor) {
          visitor.accept("User-Agent", "sallyport-health-check");
        }
      };

  private ProbeRequest() {}

  static UpstreamRequest of(String path) {
    return new UpstreamRequest("GET", path, HEADERS, "", "unknown", "1.1", NOBODY, 0, "");
  }
}

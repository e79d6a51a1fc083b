package dev.sallyport.server.chain;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells the clients of one user from each other, as far as that can be told: by their address, what
 * they call themselves, and the part of a collection that they select.
 */
public final class ClientMark {

  private ClientMark() {}

  /** The same for a list and the watch that goes on from it, if one client asks for both. */
  public static UUID of(RequestContext context) {
    String mark =
        String.join(
            "\n",
            context.request().origin().text(),
            given(context.request().headers().first("user-agent")),
            given(context.query().first("labelSelector")),
            given(context.query().first("fieldSelector")));
    return UUID.nameUUIDFromBytes(mark.getBytes(StandardCharsets.UTF_8));
  }

  private static String given(@Nullable String value) {
    return value == null ? "" : value;
  }
}

package dev.sallyport.resources.discovery;

import java.util.Locale;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/** Reads from an Accept header whether a client wants discovery in one piece. */
public final class DiscoveryAccept {

  private static final String AGGREGATED_GROUP = "apidiscovery.k8s.io";

  private DiscoveryAccept() {}

  /**
   * Whether the first media type that can be served is the aggregated one (version v2, JSON).
   *
   * @param accept the header, or null
   */
  public static boolean aggregated(@Nullable String accept) {
    if (accept == null || !accept.contains(AGGREGATED_GROUP)) {
      return false;
    }
    StringTokenizer types = new StringTokenizer(accept, ",");
    while (types.hasMoreTokens()) {
      StringTokenizer parts = new StringTokenizer(types.nextToken(), ";");
      String type = parts.hasMoreTokens() ? parts.nextToken().strip().toLowerCase(Locale.ROOT) : "";
      Wish wish = wish(parts);
      if (wish == Wish.AGGREGATED && matchesJson(type)) {
        return true;
      }
      if (wish == Wish.PLAIN && isServed(type)) {
        return false;
      }
    }
    return false;
  }

  private enum Wish {
    PLAIN,
    AGGREGATED,
    OTHER
  }

  private static Wish wish(StringTokenizer parameters) {
    int matched = 0;
    boolean transformed = false;
    while (parameters.hasMoreTokens()) {
      String parameter = parameters.nextToken().strip();
      transformed |= parameter.startsWith("as=");
      switch (parameter) {
        case "g=" + AGGREGATED_GROUP, "v=v2", "as=APIGroupDiscoveryList" -> matched++;
        default -> {
          // Quality and other parameters change nothing here.
        }
      }
    }
    return matched == 3 ? Wish.AGGREGATED : transformed ? Wish.OTHER : Wish.PLAIN;
  }

  private static boolean matchesJson(String type) {
    return type.equals("application/json") || type.equals("*/*") || type.equals("application/*");
  }

  private static boolean isServed(String type) {
    return matchesJson(type)
        || type.equals("application/yaml")
        || type.equals("application/vnd.kubernetes.protobuf");
  }
}

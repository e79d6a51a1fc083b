package dev.sallyport.server.filter;

import dev.sallyport.api.RequestInfo;

/** Tells requests that may last from those that must end soon. */
public final class LongRunning {

  private LongRunning() {}

  /** Watches, and what holds a connection to a container open. */
  public static boolean is(RequestInfo info) {
    if (!info.resourceRequest()) {
      return false;
    }
    if (info.verb().equals("watch") || info.verb().equals("proxy")) {
      return true;
    }
    return switch (info.subresource()) {
      case "attach", "exec", "proxy", "log", "portforward" -> true;
      default -> false;
    };
  }
}

package dev.sallyport.server.filter.impersonation;

import dev.sallyport.api.WellKnown;
import dev.sallyport.resources.validation.Names;
import org.jspecify.annotations.Nullable;

/** User names whose form says that they are a node's or a service account's. */
final class KnownUsernames {

  private static final String NODE_PREFIX = "system:node:";

  private KnownUsernames() {}

  record ServiceAccount(String namespace, String name) {}

  /** The node of that user name, or null when it is no node's. */
  static @Nullable String node(String username) {
    if (!username.startsWith(NODE_PREFIX)) {
      return null;
    }
    String name = username.substring(NODE_PREFIX.length());
    return Names.subdomain(name).isEmpty() ? name : null;
  }

  /** The service account of that user name, or null when it is none's. */
  static @Nullable ServiceAccount serviceAccount(String username) {
    if (!username.startsWith(WellKnown.SERVICE_ACCOUNT_PREFIX)) {
      return null;
    }
    int start = WellKnown.SERVICE_ACCOUNT_PREFIX.length();
    int colon = username.indexOf(':', start);
    if (colon < 0) {
      return null;
    }
    String namespace = username.substring(start, colon);
    String name = username.substring(colon + 1);
    return Names.label(namespace).isEmpty() && Names.subdomain(name).isEmpty()
        ? new ServiceAccount(namespace, name)
        : null;
  }
}

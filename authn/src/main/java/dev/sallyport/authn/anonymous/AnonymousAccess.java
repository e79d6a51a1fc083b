package dev.sallyport.authn.anonymous;

import java.util.Set;

/**
 * Where a request without any credential may go. Paths count exactly as they were sent: neither a
 * slash more nor an escaped letter names the same place.
 *
 * @param allowed whether there are such requests at all
 * @param paths the only paths for them; empty for everywhere
 */
public record AnonymousAccess(boolean allowed, Set<String> paths) {
  public static final AnonymousAccess EVERYWHERE = new AnonymousAccess(true, Set.of());
  public static final AnonymousAccess NOWHERE = new AnonymousAccess(false, Set.of());

  public AnonymousAccess {
    paths = Set.copyOf(paths);
  }

  boolean includes(String path) {
    return allowed && (paths.isEmpty() || paths.contains(path));
  }
}

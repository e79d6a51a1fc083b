package dev.sallyport.config;

import java.net.URI;
import java.util.Locale;

/**
 * The parts of {@code unix:///path/of.sock} and {@code unix:///path/of.sock:/prefix}: a socket, and
 * the path that is put before every request's, as kube-rbac-proxy writes them.
 */
public final class SocketUrl {

  /** What the kernel takes for a socket's name. */
  private static final int LONGEST = 107;

  private static final String MARK = ":/";

  private SocketUrl() {}

  /** Whether an URL is of this scheme. */
  public static boolean is(URI url) {
    return url.getScheme() != null && url.getScheme().toLowerCase(Locale.ROOT).equals("unix");
  }

  /** Whether an URL of this scheme names a socket that can be. */
  public static boolean usable(URI url) {
    if (url.getRawAuthority() != null || url.getPath() == null) {
      return false;
    }
    String file = file(url);
    return file.startsWith("/") && file.length() > 1 && file.length() <= LONGEST;
  }

  /** The name of the socket's file. */
  public static String file(URI url) {
    int mark = url.getPath().indexOf(MARK);
    return mark < 0 ? url.getPath() : url.getPath().substring(0, mark);
  }

  /** What is put before every request's path, still encoded; "" for nothing. */
  public static String prefix(URI url) {
    int mark = url.getRawPath().indexOf(MARK);
    return mark < 0 ? "" : url.getRawPath().substring(mark + 1);
  }
}

package dev.sallyport.server.netty.http1;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Shares the strings of the names and methods that nearly every request carries. */
final class KnownNames {

  private static final int SIZE = 256;
  private static final @Nullable String[] TABLE = new String[SIZE];

  static {
    for (String name :
        new String[] {
          "Host",
          "Accept",
          "Accept-Encoding",
          "Authorization",
          "Connection",
          "Content-Length",
          "Content-Type",
          "User-Agent",
          "Expect",
          "Transfer-Encoding",
          "Kubectl-Command",
          "Kubectl-Session",
          "Impersonate-User",
          "Impersonate-Group",
          "X-Forwarded-For",
          "X-Remote-User",
          "X-Remote-Group",
          "Upgrade",
          "Audit-Id"
        }) {
      put(name);
      put(name.toLowerCase(java.util.Locale.ROOT));
    }
    for (String method : new String[] {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"}) {
      put(method);
    }
  }

  private KnownNames() {}

  private static void put(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
    // The first to come keeps its place; a name without one is made anew each time.
    int slot = slot(bytes, bytes.length);
    if (TABLE[slot] == null) {
      TABLE[slot] = name;
    }
  }

  /** The name in the line's first {@code length} bytes, in the case it was sent. */
  static String of(byte[] line, int length) {
    String known = TABLE[slot(line, length)];
    return known != null && same(known, line, length)
        ? known
        : new String(line, 0, length, StandardCharsets.ISO_8859_1);
  }

  static String method(byte[] line, int length) {
    return of(line, length);
  }

  private static int slot(byte[] bytes, int length) {
    return (bytes[0] * 7 + bytes[length - 1] * 31 + length * 13) & (SIZE - 1);
  }

  private static boolean same(String known, byte[] line, int length) {
    if (known.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (known.charAt(i) != line[i]) {
        return false;
      }
    }
    return true;
  }
}

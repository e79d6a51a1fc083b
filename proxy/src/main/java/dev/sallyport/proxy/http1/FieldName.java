package dev.sallyport.proxy.http1;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A field's name in lower case and who it concerns. The common ones are shared, so that most lines
 * of a response cost no name.
 *
 * @param use what the connection makes of it
 */
record FieldName(String text, Use use) {

  /** Whom a field concerns. */
  enum Use {
    /** The client: it is passed on. */
    PASSED,
    /** This connection, or the server that answers: it is dropped. */
    DROPPED,
    CONTENT_LENGTH,
    TRANSFER_ENCODING,
    CONNECTION,
    UPGRADE
  }

  private static final int SIZE = 512;
  private static final @Nullable FieldName[] TABLE = new FieldName[SIZE];

  static {
    put(Use.CONTENT_LENGTH, "content-length");
    put(Use.TRANSFER_ENCODING, "transfer-encoding");
    put(Use.CONNECTION, "connection");
    put(Use.UPGRADE, "upgrade");
    put(
        Use.DROPPED,
        "date",
        "keep-alive",
        "proxy-authenticate",
        "proxy-connection",
        "te",
        "trailer");
    put(
        Use.PASSED,
        "accept-ranges",
        "access-control-allow-credentials",
        "access-control-allow-headers",
        "access-control-allow-methods",
        "access-control-allow-origin",
        "access-control-expose-headers",
        "access-control-max-age",
        "age",
        "allow",
        "alt-svc",
        "audit-id",
        "cache-control",
        "content-disposition",
        "content-encoding",
        "content-language",
        "content-location",
        "content-range",
        "content-security-policy",
        "content-type",
        "etag",
        "expires",
        "last-modified",
        "link",
        "location",
        "pragma",
        "referrer-policy",
        "retry-after",
        "sec-websocket-accept",
        "sec-websocket-protocol",
        "server",
        "set-cookie",
        "strict-transport-security",
        "vary",
        "via",
        "warning",
        "www-authenticate",
        "x-content-type-options",
        "x-frame-options",
        "x-kubernetes-pf-flowschema-uid",
        "x-kubernetes-pf-prioritylevel-uid",
        "x-powered-by",
        "x-request-id",
        "x-stream-protocol-version",
        "x-xss-protection");
  }

  private static void put(Use use, String... names) {
    for (String name : names) {
      byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
      int slot = slot(bytes, 0, bytes.length);
      while (TABLE[slot] != null) {
        slot = slot + 1 & SIZE - 1;
      }
      TABLE[slot] = new FieldName(name, use);
    }
  }

  /** The name that stands there, a token in any case. */
  static FieldName of(byte[] line, int from, int to) {
    int slot = slot(line, from, to);
    for (FieldName known = TABLE[slot]; known != null; known = TABLE[slot]) {
      if (same(known.text, line, from, to)) {
        return known;
      }
      slot = slot + 1 & SIZE - 1;
    }
    String name = new String(line, from, to - from, StandardCharsets.ISO_8859_1);
    return new FieldName(name.toLowerCase(Locale.ROOT), Use.PASSED);
  }

  private static int slot(byte[] bytes, int from, int to) {
    int hash = to - from;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + (bytes[i] | 0x20);
    }
    return (hash ^ hash >>> 9) & SIZE - 1;
  }

  private static boolean same(String known, byte[] line, int from, int to) {
    if (known.length() != to - from) {
      return false;
    }
    for (int i = from; i < to; i++) {
      byte b = line[i];
      if (known.charAt(i - from) != (b >= 'A' && b <= 'Z' ? b + 32 : b)) {
        return false;
      }
    }
    return true;
  }
}

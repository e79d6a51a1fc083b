package dev.sallyport.proxy.http2;

import io.netty.handler.codec.http2.Http2HeadersEncoder;

/**
 * Headers that differ from request to request: kept out of HPACK's table, where they would push out
 * the others; and secrets of clients, which nobody shall probe for.
 */
final class NeverIndexed implements Http2HeadersEncoder.SensitivityDetector {

  @Override
  public boolean isSensitive(CharSequence name, CharSequence value) {
    return switch (name.length()) {
      case 6 -> same(name, "cookie");
      case 8 -> same(name, "audit-id");
      case 11 -> same(name, "traceparent");
      case 12 -> same(name, "x-request-id");
      case 13 -> same(name, "if-none-match");
      case 14 -> same(name, "content-length");
      default -> false;
    };
  }

  private static boolean same(CharSequence name, String other) {
    return other.contentEquals(name);
  }
}

package dev.sallyport.server.netty.http2;

import io.netty.handler.codec.http2.Http2HeadersEncoder;

/**
 * Headers that differ from answer to answer: kept out of HPACK's table, where they would push out
 * the others.
 */
final class NeverIndexed implements Http2HeadersEncoder.SensitivityDetector {

  @Override
  public boolean isSensitive(CharSequence name, CharSequence value) {
    return switch (name.length()) {
      case 4 -> same(name, "etag");
      case 8 -> same(name, "audit-id");
      case 14 -> same(name, "content-length");
      default -> false;
    };
  }

  private static boolean same(CharSequence name, String other) {
    return other.contentEquals(name);
  }
}

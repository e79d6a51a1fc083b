package dev.sallyport.proxy.streams.websocket;

import io.netty.buffer.ByteBuf;

/**
 * What clients cover their payloads with.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-5.3">RFC 6455, 5.3</a>
 */
final class Masks {

  private Masks() {}

  /** Covers or uncovers in place; answers the mask for what follows. */
  static int apply(ByteBuf bytes, int mask) {
    int i = bytes.readerIndex();
    int end = bytes.writerIndex();
    long wide = (long) mask << 32 | mask & 0xffffffffL;
    for (; i + 8 <= end; i += 8) {
      bytes.setLong(i, bytes.getLong(i) ^ wide);
    }
    int turned = mask;
    for (; i < end; i++) {
      bytes.setByte(i, bytes.getByte(i) ^ turned >>> 24);
      turned = Integer.rotateLeft(turned, 8);
    }
    return turned;
  }
}

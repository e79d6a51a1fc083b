package dev.sallyport.proxy.http1;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads response heads as their bytes come, in one pass. Every line ends with CRLF, no line is
 * folded and no byte is forgiven (RFC 9112, sections 2 to 5): what two readers could understand
 * differently ends the connection, so that nobody's answer is split into two.
 */
final class ResponseParser {

  /** Bytes of a head, status line included. */
  static final int MAX_BYTES = 256 << 10;

  static final int MAX_LINES = 1000;

  private static final int FIRST = 1024;
  private static final int KEPT = 8 << 10;

  private byte[] bytes = new byte[FIRST];
  private int filled;
  private int lineStart;
  private int lines;
  private @Nullable HeadDraft draft;

  /** Whether a head has begun and not ended. */
  boolean inside() {
    return filled > 0;
  }

  /**
   * Takes a head's bytes and none behind them; null while it is not complete.
   *
   * @throws MalformedResponse for a head that must not be understood
   */
  @Nullable ResponseHead parse(ByteBuf in) {
    while (in.isReadable()) {
      int from = filled;
      int more = Math.min(in.readableBytes(), room());
      in.getBytes(in.readerIndex(), bytes, from, more);
      int end = scan(from, from + more);
      if (end >= 0) {
        in.skipBytes(end - from);
        return finish();
      }
      in.skipBytes(more);
      filled += more;
    }
    return null;
  }

  private int room() {
    if (filled == MAX_BYTES) {
      throw new MalformedResponse("the headers are too large");
    }
    if (filled == bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.min(MAX_BYTES, 2 * bytes.length));
    }
    return bytes.length - filled;
  }

  private ResponseHead finish() {
    HeadDraft done = draft;
    if (done == null) {
      throw new MalformedResponse("the status line is missing");
    }
    draft = null;
    filled = 0;
    lineStart = 0;
    lines = 0;
    if (bytes.length > KEPT) {
      bytes = new byte[FIRST];
    }
    return done.finish();
  }

  /** Reads the lines that end within new bytes; gives the head's end, or -1. */
  private int scan(int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != '\n') {
        continue;
      }
      if (i == lineStart || bytes[i - 1] != '\r') {
        throw new MalformedResponse("a line ends without a carriage return");
      }
      int start = lineStart;
      lineStart = i + 1;
      if (start == i - 1) {
        return i + 1;
      }
      line(start, i - 1);
    }
    return -1;
  }

  private void line(int from, int to) {
    HeadDraft begun = draft;
    if (begun == null) {
      draft = HeadDraft.ofStatusLine(bytes, from, to);
    } else if (++lines > MAX_LINES) {
      throw new MalformedResponse("there are too many header lines");
    } else {
      begun.field(bytes, from, to);
    }
  }
}

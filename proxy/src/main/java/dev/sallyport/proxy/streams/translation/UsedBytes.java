package dev.sallyport.proxy.streams.translation;

import dev.sallyport.proxy.streams.spdy.SpdyWriter;
import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Gives a peer back the windows it has used, if it counts them. Kubernetes' SPDY does not; and a
 * peer that closes its socket while such a frame is on its way resets it, which may cost what it
 * has said last.
 */
final class UsedBytes {

  private static final int SESSION = 0;
  private static final int STEP = 32_768;

  private final SpdyWriter writer;
  private final Consumer<ByteBuf> out;
  private final Map<Integer, Integer> used = new HashMap<>();
  private boolean counts;

  UsedBytes(SpdyWriter writer, Consumer<ByteBuf> out) {
    this.writer = writer;
    this.out = out;
  }

  /** The peer has shown that it counts. */
  void begin() {
    counts = true;
  }

  /** Only for streams that are open, so that the counts are bounded. */
  void add(int stream, int bytes) {
    if (counts) {
      count(stream, bytes);
      count(SESSION, bytes);
    }
  }

  private void count(int stream, int bytes) {
    int sum = used.merge(stream, bytes, Integer::sum);
    if (sum >= STEP) {
      used.put(stream, 0);
      out.accept(writer.used(stream, sum));
    }
  }
}

package dev.sallyport.proxy.http1;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** A body of known length. */
final class FixedBody implements ResponseBody {

  private long remaining;

  FixedBody(long length) {
    remaining = length;
  }

  @Override
  public @Nullable ByteBuf decode(ByteBuf in) {
    int bytes = (int) Math.min(remaining, in.readableBytes());
    if (bytes == 0) {
      return null;
    }
    remaining -= bytes;
    return in.readRetainedSlice(bytes);
  }

  @Override
  public boolean ended() {
    return remaining == 0;
  }
}

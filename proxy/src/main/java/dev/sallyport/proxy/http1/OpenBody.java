package dev.sallyport.proxy.http1;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** A body that lasts until the backend closes the connection. */
final class OpenBody implements ResponseBody {

  @Override
  public @Nullable ByteBuf decode(ByteBuf in) {
    return in.isReadable() ? in.readRetainedSlice(in.readableBytes()) : null;
  }

  @Override
  public boolean ended() {
    return false;
  }

  @Override
  public boolean endsWithConnection() {
    return true;
  }
}

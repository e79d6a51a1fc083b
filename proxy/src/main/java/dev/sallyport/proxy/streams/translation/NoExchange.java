package dev.sallyport.proxy.streams.translation;

import dev.sallyport.proxy.UpstreamExchange;
import io.netty.buffer.ByteBuf;

/** An exchange that failed before it began. */
final class NoExchange implements UpstreamExchange {

  static final NoExchange INSTANCE = new NoExchange();

  private NoExchange() {}

  @Override
  public boolean writable() {
    return false;
  }

  @Override
  public void write(ByteBuf piece) {
    piece.release();
  }

  @Override
  public void end() {}

  @Override
  public void pause() {}

  @Override
  public void resume() {}

  @Override
  public void cancel() {}
}

package dev.sallyport.proxy;

import io.netty.buffer.ByteBuf;

/** Takes everything and does nothing. */
final class NoExchange implements UpstreamExchange {

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

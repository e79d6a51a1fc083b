package dev.sallyport.proxy.streams.recording;

import dev.sallyport.proxy.streams.StreamException;
import dev.sallyport.proxy.streams.StreamReader;
import io.netty.buffer.ByteBuf;

/**
 * A tap with a reader for each direction.
 *
 * @param end run when the session is over, once
 */
record TwoWayTap(StreamReader client, StreamReader upstream, Runnable end) implements Tap {

  @Override
  public void fromClient(ByteBuf bytes) throws StreamException {
    client.read(bytes);
  }

  @Override
  public void fromUpstream(ByteBuf bytes) throws StreamException {
    upstream.read(bytes);
  }

  @Override
  public void close() {
    client.close();
    upstream.close();
    end.run();
  }
}

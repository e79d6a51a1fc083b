package dev.sallyport.proxy.streams.recording;

import dev.sallyport.proxy.streams.StreamException;
import dev.sallyport.proxy.streams.websocket.WebSocketEvents;
import dev.sallyport.proxy.streams.websocket.WebSocketReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Hands on what travels in a WebSocket's binary messages. */
final class WrappedTap implements Tap {

  /** One direction of the tap inside. */
  private interface Inside {
    void read(ByteBuf bytes) throws StreamException;
  }

  private final Tap inside;
  private final WebSocketReader client;
  private final WebSocketReader upstream;

  WrappedTap(ByteBufAllocator buffers, Tap inside) {
    this.inside = inside;
    this.client = new WebSocketReader(buffers, true, new Unwrapped(inside::fromClient));
    this.upstream = new WebSocketReader(buffers, false, new Unwrapped(inside::fromUpstream));
  }

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
    inside.close();
  }

  /** The payload of the messages. */
  private record Unwrapped(Inside to) implements WebSocketEvents {
    @Override
    public void began(boolean text) throws StreamException {
      if (text) {
        throw new StreamException("a SPDY session travels in binary messages, not in text");
      }
    }

    @Override
    public void piece(ByteBuf bytes) throws StreamException {
      to.read(bytes);
    }

    @Override
    public void ended() {}
  }
}

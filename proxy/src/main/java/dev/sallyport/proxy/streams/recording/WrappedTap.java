package dev.sallyport.proxy.streams.recording;

import dev.sallyport.proxy.streams.StreamException;
import dev.sallyport.proxy.streams.websocket.WebSocketEvents;
import dev.sallyport.proxy.streams.websocket.WebSocketReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Hands on what travels in a WebSocket's binary messages. */
final class WrappedTap {

  /** One direction of the tap inside. */
  private interface Inside {
    void read(ByteBuf bytes) throws StreamException;
  }

  private WrappedTap() {}

  static Tap of(ByteBufAllocator buffers, Tap inside) {
    return new TwoWayTap(
        new WebSocketReader(buffers, true, new Unwrapped(inside::fromClient)),
        new WebSocketReader(buffers, false, new Unwrapped(inside::fromUpstream)),
        inside::close);
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

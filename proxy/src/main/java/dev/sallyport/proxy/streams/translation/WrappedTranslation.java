package dev.sallyport.proxy.streams.translation;

import dev.sallyport.proxy.streams.StreamException;
import dev.sallyport.proxy.streams.websocket.WebSocketEvents;
import dev.sallyport.proxy.streams.websocket.WebSocketReader;
import dev.sallyport.proxy.streams.websocket.WebSocketWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Port-forward: the same SPDY session on both sides, on one of them inside a WebSocket's binary
 * messages. The session itself is not looked into.
 */
final class WrappedTranslation implements Translation, WebSocketEvents {

  private static final int NORMAL = 1000;

  private final Ends ends;
  private final boolean clientWrapped;
  private final WebSocketReader reader;
  private final WebSocketWriter writer;
  private final Consumer<ByteBuf> unwrapped;
  private boolean finished;

  private WrappedTranslation(ByteBufAllocator buffers, Ends ends, boolean clientWrapped) {
    this.ends = ends;
    this.clientWrapped = clientWrapped;
    this.reader = new WebSocketReader(buffers, clientWrapped, this);
    this.writer = new WebSocketWriter(buffers, !clientWrapped);
    this.unwrapped = clientWrapped ? ends::toUpstream : ends::toClient;
  }

  /**
   * @param clientWrapped whether it is the client's side that is a WebSocket
   */
  static Function<Ends, Translation> of(ByteBufAllocator buffers, boolean clientWrapped) {
    return ends -> new WrappedTranslation(buffers, ends, clientWrapped);
  }

  @Override
  public void start() {}

  @Override
  public void fromClient(ByteBuf bytes) throws StreamException {
    if (clientWrapped) {
      reader.read(bytes);
    } else {
      ends.toUpstream(writer.binary(bytes));
    }
  }

  @Override
  public void fromUpstream(ByteBuf bytes) throws StreamException {
    if (clientWrapped) {
      ends.toClient(writer.binary(bytes));
    } else {
      reader.read(bytes);
    }
  }

  @Override
  public void began(boolean text) throws StreamException {
    if (text) {
      throw new StreamException("a SPDY session travels in binary messages, not in text");
    }
  }

  @Override
  public void piece(ByteBuf bytes) {
    if (finished) {
      bytes.release();
    } else {
      unwrapped.accept(bytes);
    }
  }

  @Override
  public void ended() {}

  @Override
  public void ping(ByteBuf payload) {
    if (clientWrapped) {
      ends.replyToClient(writer.pong(payload));
    } else {
      ends.replyToUpstream(writer.pong(payload));
    }
  }

  @Override
  public void closed() {
    finish();
  }

  @Override
  public void upstreamEnded() {
    finish();
  }

  private void finish() {
    if (!finished) {
      finished = true;
      if (clientWrapped) {
        ends.toClient(writer.close(NORMAL));
      } else {
        ends.toUpstream(writer.close(NORMAL));
      }
      ends.endClient();
      ends.endUpstream();
    }
  }

  @Override
  public boolean upstreamReady() {
    return true;
  }

  @Override
  public boolean clientReady() {
    return true;
  }

  @Override
  public void close() {
    reader.close();
  }
}

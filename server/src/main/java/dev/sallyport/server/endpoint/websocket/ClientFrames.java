package dev.sallyport.server.endpoint.websocket;

import dev.sallyport.proxy.streams.StreamException;
import dev.sallyport.proxy.streams.websocket.WebSocketEvents;
import dev.sallyport.proxy.streams.websocket.WebSocketReader;
import dev.sallyport.server.http.RequestBody;
import dev.sallyport.server.http.Tunnel;
import dev.sallyport.server.netty.Buffers;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** What a client says to somebody who only tells: pings and goodbyes are answered. */
final class ClientFrames implements RequestBody.Sink {

  private final MessageStream stream;
  private final WebSocketReader reader = new WebSocketReader(Buffers.POOL, true, new Words());
  private RequestBody.@Nullable Flow flow;

  ClientFrames(MessageStream stream, Tunnel tunnel) {
    this.stream = stream;
    tunnel.onClosed(reader::close);
  }

  @Override
  public void started(RequestBody.Flow from) {
    flow = from;
    from.request();
  }

  @Override
  public void data(ByteBuf piece) {
    try {
      reader.read(piece);
    } catch (StreamException malformed) {
      reader.close();
      stream.close(MessageStream.PROTOCOL_ERROR);
    }
    RequestBody.Flow from = flow;
    if (from != null) {
      from.request();
    }
  }

  @Override
  public void ended() {
    stream.end();
  }

  @Override
  public void failed(Throwable cause) {
    // the stream hears of it too
  }

  /** Frame by frame. */
  private final class Words implements WebSocketEvents {

    @Override
    public void began(boolean text) {}

    @Override
    public void piece(ByteBuf bytes) {
      bytes.release(); // nothing is asked of a client here
    }

    @Override
    public void ended() {}

    @Override
    public void ping(ByteBuf payload) {
      stream.pong(payload);
    }

    @Override
    public void closed() {
      stream.end();
    }
  }
}

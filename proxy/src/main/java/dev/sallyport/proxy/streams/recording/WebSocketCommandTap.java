package dev.sallyport.proxy.streams.recording;

import dev.sallyport.proxy.streams.ChannelProtocol;
import dev.sallyport.proxy.streams.CommandChannel;
import dev.sallyport.proxy.streams.CommandListener;
import dev.sallyport.proxy.streams.StreamException;
import dev.sallyport.proxy.streams.websocket.ChannelMessages;
import dev.sallyport.proxy.streams.websocket.CommandMessages;
import dev.sallyport.proxy.streams.websocket.WebSocketReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Understands a command's channels in a WebSocket. */
final class WebSocketCommandTap implements Tap {

  private final CommandRecording recording;
  private final WebSocketReader client;
  private final WebSocketReader upstream;

  WebSocketCommandTap(
      ByteBufAllocator buffers, ChannelProtocol protocol, CommandRecording recording) {
    this.recording = recording;
    this.client = new WebSocketReader(buffers, true, messages(protocol, true));
    this.upstream = new WebSocketReader(buffers, false, messages(protocol, false));
  }

  private ChannelMessages messages(ChannelProtocol protocol, boolean ofClient) {
    return new ChannelMessages(protocol, new CommandMessages(new Listener(ofClient)), ping -> {});
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
    recording.end();
  }

  /** What one side says. */
  private final class Listener implements CommandListener {
    private final boolean ofClient;

    Listener(boolean ofClient) {
      this.ofClient = ofClient;
    }

    @Override
    public void data(CommandChannel channel, ByteBuf bytes) {
      if (channel.fromClient() == ofClient) {
        recording.said(channel, bytes);
      } else {
        bytes.release();
      }
    }

    @Override
    public void ended(CommandChannel channel) {}

    @Override
    public void finished() {}
  }
}

package dev.sallyport.proxy.streams.recording;

import dev.sallyport.proxy.streams.ChannelProtocol;
import dev.sallyport.proxy.streams.CommandChannel;
import dev.sallyport.proxy.streams.CommandListener;
import dev.sallyport.proxy.streams.websocket.ChannelMessages;
import dev.sallyport.proxy.streams.websocket.CommandMessages;
import dev.sallyport.proxy.streams.websocket.WebSocketReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Understands a command's channels in a WebSocket. */
final class WebSocketCommandTap {

  private final CommandRecording recording;

  private WebSocketCommandTap(CommandRecording recording) {
    this.recording = recording;
  }

  static Tap of(ByteBufAllocator buffers, ChannelProtocol protocol, CommandRecording recording) {
    WebSocketCommandTap session = new WebSocketCommandTap(recording);
    return new TwoWayTap(
        session.reader(buffers, protocol, true),
        session.reader(buffers, protocol, false),
        recording::end);
  }

  private WebSocketReader reader(
      ByteBufAllocator buffers, ChannelProtocol protocol, boolean ofClient) {
    CommandMessages messages = new CommandMessages(new Listener(ofClient));
    return new WebSocketReader(
        buffers, ofClient, new ChannelMessages(protocol, messages, ping -> {}));
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

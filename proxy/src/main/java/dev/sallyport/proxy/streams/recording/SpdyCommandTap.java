package dev.sallyport.proxy.streams.recording;

import dev.sallyport.proxy.streams.CommandChannel;
import dev.sallyport.proxy.streams.StreamException;
import dev.sallyport.proxy.streams.spdy.SpdyEvents;
import dev.sallyport.proxy.streams.spdy.SpdyReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.HashMap;
import java.util.Map;

/** Understands a command's streams in a SPDY session. */
final class SpdyCommandTap {

  /** A command has five; a client that opens more is up to something. */
  private static final int MOST_STREAMS = 16;

  private final CommandRecording recording;
  private final Map<Integer, CommandChannel> channels = new HashMap<>();

  private SpdyCommandTap(CommandRecording recording) {
    this.recording = recording;
  }

  static Tap of(ByteBufAllocator buffers, CommandRecording recording) {
    SpdyCommandTap session = new SpdyCommandTap(recording);
    return new TwoWayTap(
        session.reader(buffers, true), session.reader(buffers, false), recording::end);
  }

  private SpdyReader reader(ByteBufAllocator buffers, boolean ofClient) {
    return new SpdyReader(buffers, new Side(ofClient));
  }

  /** What one side says. */
  private final class Side implements SpdyEvents {
    private final boolean ofClient;

    Side(boolean ofClient) {
      this.ofClient = ofClient;
    }

    @Override
    public void opened(int stream, boolean last, Map<String, String> headers)
        throws StreamException {
      CommandChannel channel = CommandChannel.ofType(headers.get("streamtype"));
      if (!ofClient || channel == null || channels.size() == MOST_STREAMS) {
        throw new StreamException("a SPDY stream that cannot be recorded");
      }
      if (channels.putIfAbsent(stream, channel) != null) {
        throw new StreamException("a SPDY stream is opened twice");
      }
    }

    @Override
    public void data(int stream, ByteBuf bytes, boolean last) {
      CommandChannel channel = channels.get(stream);
      if (channel != null && channel.fromClient() == ofClient && bytes.isReadable()) {
        recording.said(channel, bytes);
      } else {
        bytes.release();
      }
    }
  }
}

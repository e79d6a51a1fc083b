package dev.sallyport.proxy.streams.websocket;

import dev.sallyport.proxy.streams.CommandChannel;
import dev.sallyport.proxy.streams.CommandListener;
import dev.sallyport.proxy.streams.StreamException;
import io.netty.buffer.ByteBuf;

/**
 * The channels of a command. What is said on others is not heard.
 *
 * @param to who hears it
 */
public record CommandMessages(CommandListener to) implements ChannelListener {

  @Override
  public void data(int channel, ByteBuf bytes) throws StreamException {
    CommandChannel known = CommandChannel.numbered(channel);
    if (known == null) {
      bytes.release();
    } else {
      to.data(known, bytes);
    }
  }

  @Override
  public void ended(int channel) throws StreamException {
    CommandChannel known = CommandChannel.numbered(channel);
    if (known != null) {
      to.ended(known);
    }
  }

  @Override
  public void finished() throws StreamException {
    to.finished();
  }
}

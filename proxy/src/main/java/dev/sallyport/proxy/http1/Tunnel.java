package dev.sallyport.proxy.http1;

import dev.sallyport.proxy.connect.LongLived;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.TimeUnit;

/** A connection that has switched protocols: two directions, each with an end of its own. */
final class Tunnel {

  private static final int LINGER_SECONDS = 60;

  private final Channel channel;
  private boolean inputEnded;
  private boolean outputEnded;

  Tunnel(Channel channel) {
    this.channel = channel;
    LongLived.prepare(channel);
    channel.config().setAutoClose(true);
  }

  void write(ByteBuf bytes) {
    if (outputEnded) {
      bytes.release();
    } else {
      var unused = channel.write(bytes, channel.voidPromise());
    }
  }

  /** Half-closes once everything is written; TLS says so before TCP does. */
  void end() {
    if (outputEnded) {
      return;
    }
    outputEnded = true;
    var unused =
        channel
            .writeAndFlush(Unpooled.EMPTY_BUFFER)
            .addListener(
                written -> {
                  SslHandler tls = channel.pipeline().get(SslHandler.class);
                  if (tls == null) {
                    shutDown();
                  } else {
                    var closing = tls.closeOutbound().addListener(closed -> shutDown());
                  }
                });
  }

  private void shutDown() {
    if (channel instanceof DuplexChannel socket && socket.isActive() && !inputEnded) {
      var unused = socket.shutdownOutput();
    }
  }

  /** Whether this is news. */
  boolean inputEnded() {
    boolean news = !inputEnded;
    inputEnded = true;
    channel.config().setAutoRead(false); // an ended socket is always readable
    return news;
  }

  boolean over() {
    return inputEnded && outputEnded;
  }

  /** Closes once everything is written, or when the backend has not taken it in time. */
  void close() {
    var late =
        channel.eventLoop().schedule((Runnable) channel::close, LINGER_SECONDS, TimeUnit.SECONDS);
    var closed = channel.closeFuture().addListener(done -> late.cancel(false));
    var unused =
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }
}

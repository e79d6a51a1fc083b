package dev.sallyport.server.netty.http1;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;

/**
 * Ends the sending side only: closing a socket with unread bytes would reset it, and the client
 * might never see the answer that explains why.
 */
final class LingeringClose implements ChannelFutureListener {

  private final ChannelHandlerContext ctx;

  LingeringClose(ChannelHandlerContext ctx) {
    this.ctx = ctx;
  }

  @Override
  public void operationComplete(ChannelFuture written) {
    SslHandler tls = ctx.pipeline().get(SslHandler.class);
    if (tls == null) {
      shutDown(written.isSuccess());
    } else {
      var unused = tls.closeOutbound().addListener(closed -> shutDown(closed.isSuccess()));
    }
  }

  private void shutDown(boolean alive) {
    if (alive && ctx.channel() instanceof DuplexChannel socket && socket.isActive()) {
      var unused = socket.shutdownOutput();
    } else {
      var unused = ctx.channel().close();
    }
  }
}

package dev.sallyport.proxy.connect;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.nio.channels.ClosedChannelException;

/**
 * Stands where the protocol's handlers will stand until the connection is ready for them, and gives
 * them its place before the first byte passes.
 */
final class Readiness extends ChannelInboundHandlerAdapter {

  private final Connector.Attempt attempt;
  private final boolean tls;
  private boolean told;

  Readiness(Connector.Attempt attempt, boolean tls) {
    this.attempt = attempt;
    this.tls = tls;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    if (!tls) {
      ready(ctx, "");
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake) {
      if (handshake.isSuccess()) {
        String protocol = ctx.pipeline().get(SslHandler.class).applicationProtocol();
        ready(ctx, protocol == null ? "" : protocol);
      } else {
        fail(handshake.cause());
        var unused = ctx.close();
      }
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  private void ready(ChannelHandlerContext ctx, String protocol) {
    if (!told) {
      told = true;
      attempt.connected(ctx.channel(), protocol);
      ctx.pipeline().remove(this);
    }
  }

  void fail(Throwable cause) {
    if (!told) {
      told = true;
      attempt.failed(cause);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    fail(new ClosedChannelException());
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    fail(cause);
    var unused = ctx.close();
  }
}

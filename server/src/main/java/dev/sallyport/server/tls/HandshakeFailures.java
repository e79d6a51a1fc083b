package dev.sallyport.server.tls;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the HTTP handler's place during the handshake: what strangers send fills no log. */
final class HandshakeFailures extends ChannelInboundHandlerAdapter {

  private static final Logger log = LoggerFactory.getLogger(HandshakeFailures.class);

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    failed(ctx, cause);
  }

  static void failed(ChannelHandlerContext ctx, Throwable cause) {
    log.debug("no handshake with {}", ctx.channel().remoteAddress(), cause);
    var unused = ctx.channel().close();
  }
}

package dev.sallyport.proxy.connect;

import dev.sallyport.proxy.ClientOrigin;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.haproxy.HAProxyMessageEncoder;

/** Sends the PROXY header before anybody else, TLS included, can send a byte. */
final class Announcer extends ChannelInboundHandlerAdapter {

  private final Announcement announcement;
  private final ClientOrigin origin;

  Announcer(Announcement announcement, ClientOrigin origin) {
    this.announcement = announcement;
    this.origin = origin;
  }

  /** To be called before other handlers are added. */
  void stand(ChannelPipeline pipeline) {
    pipeline.addLast(HAProxyMessageEncoder.INSTANCE).addLast(this);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    var unused = ctx.writeAndFlush(announcement.message(origin));
    ctx.pipeline().remove(HAProxyMessageEncoder.INSTANCE);
    ctx.fireChannelActive();
    ctx.pipeline().remove(this);
  }
}

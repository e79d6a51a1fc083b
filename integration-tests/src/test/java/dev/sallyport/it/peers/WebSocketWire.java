package dev.sallyport.it.peers;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.jspecify.annotations.Nullable;

/** A session by v5.channel.k8s.io: each message begins with its channel's number. */
final class WebSocketWire extends SimpleChannelInboundHandler<WebSocketFrame> implements Wire {

  private static final int CLOSE = 255;

  private final PodSession session;
  private @Nullable Channel channel;
  private int current = -1;

  WebSocketWire(PodSession session) {
    this.session = session;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    channel = ctx.channel();
    session.start(this);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
    if (frame instanceof BinaryWebSocketFrame message) {
      current = message.content().readUnsignedByte();
      receive(message.content());
    } else if (frame instanceof ContinuationWebSocketFrame more) {
      receive(more.content());
    } else if (frame instanceof PingWebSocketFrame ping) {
      ctx.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
    } else if (frame instanceof CloseWebSocketFrame) {
      ctx.close();
    }
  }

  private void receive(ByteBuf content) {
    if (current != CLOSE) {
      session.receive(current, ByteBufUtil.getBytes(content));
    } else if (content.isReadable() && content.readUnsignedByte() == PodSession.STDIN) {
      session.endOfInput();
    }
  }

  @Override
  public void send(int channelOf, byte[] bytes, int length) {
    Channel to = channel;
    if (to != null) {
      ByteBuf message = Unpooled.buffer(1 + length);
      message.writeByte(channelOf).writeBytes(bytes, 0, length);
      to.writeAndFlush(new BinaryWebSocketFrame(message)).awaitUninterruptibly();
    }
  }

  @Override
  public void finish() {
    Channel to = channel;
    if (to != null) {
      to.writeAndFlush(new CloseWebSocketFrame(1000, "")).addListener(done -> to.close());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    session.gone();
  }
}

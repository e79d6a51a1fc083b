package dev.sallyport.it.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.spdy.DefaultSpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyFrame;
import io.netty.handler.codec.spdy.SpdyPingFrame;
import io.netty.handler.codec.spdy.SpdyRstStreamFrame;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;

/** Port-forward: two streams, error and data, for each connection to a port of the loopback. */
final class PortWire extends SimpleChannelInboundHandler<SpdyFrame> {

  private final Map<String, Integer> errors = new HashMap<>();
  private final Map<Integer, Socket> sockets = new HashMap<>();

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, SpdyFrame frame) throws IOException {
    if (frame instanceof SpdySynStreamFrame opened) {
      open(ctx, opened);
    } else if (frame instanceof SpdyDataFrame data) {
      Socket to = sockets.get(data.streamId());
      if (to != null) {
        to.getOutputStream().write(ByteBufUtil.getBytes(data.content()));
        if (data.isLast()) {
          to.shutdownOutput();
        }
      }
    } else if (frame instanceof SpdyRstStreamFrame reset) {
      Socket to = sockets.remove(reset.streamId());
      if (to != null) {
        to.close();
      }
    } else if (frame instanceof SpdyPingFrame ping) {
      ctx.writeAndFlush(ping);
    }
  }

  private void open(ChannelHandlerContext ctx, SpdySynStreamFrame opened) {
    String request = opened.headers().getAsString("requestid");
    ctx.writeAndFlush(SpdyWire.reply(opened.streamId()));
    if ("error".equals(opened.headers().getAsString("streamtype"))) {
      errors.put(request, opened.streamId());
      return;
    }
    int error = errors.remove(request);
    int port = Integer.parseInt(opened.headers().getAsString("port"));
    try {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      sockets.put(opened.streamId(), socket);
      PodSession.thread(() -> pump(ctx, socket, opened.streamId(), error));
    } catch (IOException e) {
      send(ctx, error, ("nobody listens on port " + port).getBytes(UTF_8), true);
      send(ctx, opened.streamId(), new byte[0], true);
    }
  }

  private static void pump(ChannelHandlerContext ctx, Socket from, int data, int error) {
    byte[] buffer = new byte[32_768];
    try (from) {
      for (int n = from.getInputStream().read(buffer);
          n >= 0;
          n = from.getInputStream().read(buffer)) {
        send(ctx, data, java.util.Arrays.copyOf(buffer, n), false);
      }
    } catch (IOException e) {
      // closed by the client's reset
    }
    send(ctx, data, new byte[0], true);
    send(ctx, error, new byte[0], true);
  }

  private static void send(ChannelHandlerContext ctx, int stream, byte[] bytes, boolean last) {
    SpdyDataFrame frame = new DefaultSpdyDataFrame(stream, Unpooled.wrappedBuffer(bytes));
    frame.setLast(last);
    var written = ctx.writeAndFlush(frame);
    if (!ctx.executor().inEventLoop()) {
      written.awaitUninterruptibly();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws IOException {
    for (Socket socket : sockets.values()) {
      socket.close();
    }
  }
}

package dev.sallyport.it.peers;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.spdy.DefaultSpdyDataFrame;
import io.netty.handler.codec.spdy.DefaultSpdyGoAwayFrame;
import io.netty.handler.codec.spdy.DefaultSpdyRstStreamFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynReplyFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyFrame;
import io.netty.handler.codec.spdy.SpdyPingFrame;
import io.netty.handler.codec.spdy.SpdySessionStatus;
import io.netty.handler.codec.spdy.SpdyStreamStatus;
import io.netty.handler.codec.spdy.SpdySynReplyFrame;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A session by SPDY/3.1: a stream for each channel, told apart by a header. */
final class SpdyWire extends SimpleChannelInboundHandler<SpdyFrame> implements Wire {

  private static final Map<String, Integer> CHANNELS =
      Map.of("stdin", 0, "stdout", 1, "stderr", 2, "error", 3, "resize", 4);

  private final PodSession session;
  private final boolean errorsOnly;
  private final Map<Integer, Integer> streams = new ConcurrentHashMap<>();
  private @Nullable Channel channel;

  /**
   * @param errorsOnly whether the protocol is one before v4
   */
  SpdyWire(PodSession session, boolean errorsOnly) {
    super(true);
    this.session = session;
    this.errorsOnly = errorsOnly;
  }

  @Override
  public boolean tellsErrorsOnly() {
    return errorsOnly;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    channel = ctx.channel();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, SpdyFrame frame) {
    if (frame instanceof SpdySynStreamFrame opened) {
      open(ctx, opened);
    } else if (frame instanceof SpdyDataFrame data) {
      receive(data);
    } else if (frame instanceof SpdyPingFrame ping) {
      ctx.writeAndFlush(ping);
    }
  }

  private void open(ChannelHandlerContext ctx, SpdySynStreamFrame opened) {
    Integer type = CHANNELS.get(String.valueOf(opened.headers().getAsString("streamtype")));
    if (type == null) {
      ctx.writeAndFlush(
          new DefaultSpdyRstStreamFrame(opened.streamId(), SpdyStreamStatus.REFUSED_STREAM));
      return;
    }
    streams.put(type, opened.streamId());
    ctx.writeAndFlush(reply(opened.streamId()));
    if (streams.size() == session.streams()) {
      session.start(this);
    }
  }

  /** Netty writes no header block for no headers, which Kubernetes' SPDY takes for malformed. */
  static SpdySynReplyFrame reply(int stream) {
    SpdySynReplyFrame reply = new DefaultSpdySynReplyFrame(stream);
    reply.headers().set("accepted", "yes");
    return reply;
  }

  private void receive(SpdyDataFrame data) {
    int channelOf = -1;
    for (Map.Entry<Integer, Integer> stream : streams.entrySet()) {
      if (stream.getValue() == data.streamId()) {
        channelOf = stream.getKey();
      }
    }
    session.receive(channelOf, ByteBufUtil.getBytes(data.content()));
    if (data.isLast() && channelOf == PodSession.STDIN) {
      session.endOfInput();
    }
  }

  @Override
  public void send(int channelOf, byte[] bytes, int length) {
    Channel to = channel;
    Integer stream = streams.get(channelOf);
    if (to != null && stream != null) {
      to.writeAndFlush(new DefaultSpdyDataFrame(stream, Unpooled.copiedBuffer(bytes, 0, length)))
          .awaitUninterruptibly();
    }
  }

  /** As the real one does: resets whatever is open, says goodbye and leaves. */
  @Override
  public void finish() {
    Channel to = channel;
    if (to != null) {
      streams
          .values()
          .forEach(id -> to.write(new DefaultSpdyRstStreamFrame(id, SpdyStreamStatus.CANCEL)));
      to.writeAndFlush(new DefaultSpdyGoAwayFrame(0, SpdySessionStatus.OK))
          .addListener(done -> to.close());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    session.gone();
  }
}

package dev.sallyport.server.netty.origin;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.ProtocolDetectionState;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether a load balancer's connection begins with a PROXY header, in either version.
 *
 * @see <a href="https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt">the PROXY protocol</a>
 */
final class ProxyHeaderDetector extends ByteToMessageDecoder {

  private static final Logger log = LoggerFactory.getLogger(ProxyHeaderDetector.class);

  /** What a header may hold behind the addresses: far more than balancers send, and skipped. */
  private static final int MAX_EXTENSION_BYTES = 4096;

  private static final byte FIRST_OF_VERSION_1 = 'P';
  private static final byte FIRST_OF_VERSION_2 = '\r';

  private final boolean required;
  private final ProxyHeaderReceiver receiver;

  ProxyHeaderDetector(boolean required, ProxyHeaderReceiver receiver) {
    this.required = required;
    this.receiver = receiver;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    byte first = in.getByte(in.readerIndex());
    if (first != FIRST_OF_VERSION_1 && first != FIRST_OF_VERSION_2) {
      withoutHeader(ctx, in);
      return;
    }
    ProtocolDetectionState state = HAProxyMessageDecoder.detectProtocol(in).state();
    if (state == ProtocolDetectionState.INVALID) {
      refuse(ctx, in);
    } else if (state == ProtocolDetectionState.DETECTED) {
      ctx.pipeline()
          .addAfter(ctx.name(), "proxy-header", new HAProxyMessageDecoder(MAX_EXTENSION_BYTES));
      ctx.pipeline().remove(this);
    }
  }

  private void withoutHeader(ChannelHandlerContext ctx, ByteBuf in) {
    if (required) {
      refuse(ctx, in);
    } else {
      receiver.proceed();
      ctx.pipeline().remove(this);
    }
  }

  private static void refuse(ChannelHandlerContext ctx, ByteBuf in) {
    log.debug("no PROXY header from {}", ctx.channel().remoteAddress());
    in.skipBytes(in.readableBytes());
    var unused = ctx.close();
  }
}

package dev.sallyport.server.netty.origin;

import dev.sallyport.config.NumericAddress;
import dev.sallyport.server.netty.exchange.ClientSide;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes what a PROXY header says and gives its place to TLS; in time or not at all. */
final class ProxyHeaderReceiver extends ChannelInboundHandlerAdapter {

  private static final Logger log = LoggerFactory.getLogger(ProxyHeaderReceiver.class);

  private final Duration timeout;
  private final Supplier<ChannelHandler> tls;
  private @Nullable ScheduledFuture<?> deadline;

  @SuppressWarnings("NullAway.Init") // set when the handler is added
  private ChannelHandlerContext ctx;

  ProxyHeaderReceiver(Duration timeout, Supplier<ChannelHandler> tls) {
    this.timeout = timeout;
    this.tls = tls;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    ctx = context;
    deadline = ctx.executor().schedule(this::tooLate, timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tooLate() {
    log.debug("no PROXY header from {} in time", ctx.channel().remoteAddress());
    var unused = ctx.close();
  }

  /** Lets TLS have the connection. */
  void proceed() {
    ctx.pipeline().replace(this, null, tls.get());
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    ScheduledFuture<?> running = deadline;
    if (running != null) {
      running.cancel(false);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!(message instanceof HAProxyMessage header)) {
      ReferenceCountUtil.release(message); // what came behind a broken header
      return;
    }
    try {
      if (!speaksForAnother(header)) {
        proceed(); // a health check, or a client without an address
      } else if (note(header)) {
        proceed();
      } else {
        log.debug("no address in the PROXY header from {}", ctx.channel().remoteAddress());
        var unused = ctx.close();
      }
    } finally {
      header.release();
    }
  }

  private static boolean speaksForAnother(HAProxyMessage header) {
    HAProxyProxiedProtocol protocol = header.proxiedProtocol();
    return header.command() == HAProxyCommand.PROXY
        && (protocol == HAProxyProxiedProtocol.TCP4 || protocol == HAProxyProxiedProtocol.TCP6);
  }

  private boolean note(HAProxyMessage header) {
    Optional<InetAddress> source = address(header.sourceAddress());
    Optional<InetAddress> destination = address(header.destinationAddress());
    if (source.isEmpty() || destination.isEmpty()) {
      return false;
    }
    ClientSide.proxied(
        ctx.channel(),
        new InetSocketAddress(source.get(), header.sourcePort()),
        new InetSocketAddress(destination.get(), header.destinationPort()));
    return true;
  }

  private static Optional<InetAddress> address(@Nullable String text) {
    return text == null ? Optional.empty() : NumericAddress.parse(text);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    log.debug("broken PROXY header from {}", ctx.channel().remoteAddress(), cause);
    var unused = ctx.close();
  }
}

package dev.sallyport.server.tls;

import dev.sallyport.authn.PeerCertificates;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslClientHelloHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection's first handler: reads the whole ClientHello, takes the context for its server name
 * from today's certificates, lets TLS shake hands within a time limit and puts the HTTP handler in
 * its place.
 */
public final class TlsHandler extends SslClientHelloHandler<ClientHello> {

  private static final Logger log = LoggerFactory.getLogger(TlsHandler.class);
  private static final int MAX_CLIENT_HELLO = 64 << 10;

  /** A fatal alert, no_application_protocol, in a record of its own (RFC 7301, section 3.2). */
  private static final byte[] NO_PROTOCOL = {21, 3, 3, 0, 2, 2, 120};

  private static final String HTTP = "http";

  /** Makes the handler of one HTTP connection. */
  public interface HttpHandlers {
    ChannelHandler create(boolean http2, PeerCertificates peer);
  }

  private final Supplier<TlsContexts> contexts;
  private final Duration timeout;
  private final HttpHandlers http;
  private @Nullable ScheduledFuture<?> deadline;

  /**
   * @param timeout from the connection's first moment to the end of the handshake
   */
  public TlsHandler(Supplier<TlsContexts> contexts, Duration timeout, HttpHandlers http) {
    super(MAX_CLIENT_HELLO);
    this.contexts = contexts;
    this.timeout = timeout;
    this.http = http;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
    deadline =
        ctx.executor().schedule(() -> tooLate(ctx), timeout.toMillis(), TimeUnit.MILLISECONDS);
    super.handlerAdded(ctx);
  }

  private void tooLate(ChannelHandlerContext ctx) {
    log.debug("no handshake from {} in time", ctx.channel().remoteAddress());
    var unused = ctx.channel().close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    cancelDeadline();
    super.channelInactive(ctx);
  }

  private void cancelDeadline() {
    ScheduledFuture<?> running = deadline;
    if (running != null) {
      running.cancel(false);
      deadline = null;
    }
  }

  @Override
  protected Future<ClientHello> lookup(ChannelHandlerContext ctx, @Nullable ByteBuf hello) {
    return ctx.executor()
        .newSucceededFuture(hello == null ? new ClientHello(null, null) : ClientHello.parse(hello));
  }

  @Override
  protected void onLookupComplete(ChannelHandlerContext ctx, Future<ClientHello> found) {
    ClientHello hello = found.getNow();
    if (hello == null || hello.speaksNothingKnown()) {
      var unused =
          ctx.writeAndFlush(Unpooled.wrappedBuffer(NO_PROTOCOL))
              .addListener(ChannelFutureListener.CLOSE);
      return;
    }
    RequestedName.note(ctx.channel(), hello.serverName());
    SslContext context = contexts.get().select(hello.serverName());
    SslHandler tls = context.newHandler(ctx.alloc());
    Resumption.disable(tls.engine());
    tls.setHandshakeTimeoutMillis(0); // this handler's own deadline also covers the ClientHello
    var unused = tls.handshakeFuture().addListener(done -> handshakeDone(ctx, tls, done.cause()));
    ctx.pipeline().replace(this, "tls", tls);
    ctx.pipeline().addLast(HTTP, new HandshakeFailures());
  }

  private void handshakeDone(
      ChannelHandlerContext ctx, SslHandler tls, @Nullable Throwable failure) {
    cancelDeadline();
    if (failure != null) {
      log.debug("handshake with {} failed", ctx.channel().remoteAddress(), failure);
      return; // SslHandler has sent its alert and closes
    }
    boolean http2 = "h2".equals(tls.applicationProtocol());
    ctx.channel().pipeline().replace(HTTP, HTTP, http.create(http2, peer(tls)));
  }

  private static PeerCertificates peer(SslHandler tls) {
    Certificate[] shown;
    try {
      shown = tls.engine().getSession().getPeerCertificates();
    } catch (SSLPeerUnverifiedException none) {
      return PeerCertificates.NONE;
    }
    List<X509Certificate> chain = new ArrayList<>(shown.length);
    for (Certificate certificate : shown) {
      chain.add((X509Certificate) certificate);
    }
    return new PeerCertificates(chain);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    HandshakeFailures.failed(ctx, cause);
  }
}

package dev.sallyport.webhook.https;

import dev.sallyport.api.Answer;
import dev.sallyport.webhook.CallException.Kind;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections to one origin: looks its name up, tries its addresses in turn, shakes hands. On
 * the event loop only.
 */
final class Dialer {

  private static final int CONNECT_MILLIS = 5_000;

  private static final HttpDecoderConfig DECODER =
      new HttpDecoderConfig()
          .setMaxInitialLineLength(8 << 10)
          .setMaxHeaderSize(64 << 10)
          .setMaxChunkSize(16 << 10);

  private final Origin origin;
  private final Loop loop;
  private final Supplier<CompletionStage<ClientTls>> tls;
  private final HostAddresses addresses;

  /**
   * @param tls asked for encrypted origins only
   */
  Dialer(Origin origin, Loop loop, Supplier<CompletionStage<ClientTls>> tls) {
    this.origin = origin;
    this.loop = loop;
    this.tls = tls;
    this.addresses = new HostAddresses(origin.host(), loop.helpers());
  }

  /** One connection for one call, or the pool's slot back. */
  private final class Dial {
    private final PendingCall call;
    private final ConnectionPool pool;
    private final @Nullable ClientTls security;

    Dial(PendingCall call, ConnectionPool pool, @Nullable ClientTls security) {
      this.call = call;
      this.pool = pool;
      this.security = security;
    }

    void find() {
      loop.comeBack(
          addresses.find(),
          (found, failure) -> {
            if (found == null) {
              refuse(call, pool, Kind.UNREACHABLE, "unknown host", failure);
            } else {
              attempt(found, 0);
            }
          });
    }

    private void attempt(List<InetAddress> found, int index) {
      ChannelFuture connecting =
          bootstrap().connect(new InetSocketAddress(found.get(index), origin.port()));
      var unused =
          connecting.addListener(
              done -> {
                if (done.isSuccess()) {
                  shakeHands(connecting.channel());
                } else if (index + 1 < found.size() && !call.ended()) {
                  attempt(found, index + 1);
                } else {
                  refuse(call, pool, Kind.UNREACHABLE, "no connection", done.cause());
                }
              });
    }

    private Bootstrap bootstrap() {
      return new Bootstrap()
          .group(loop.events())
          .channel(NioSocketChannel.class)
          .option(ChannelOption.ALLOCATOR, loop.buffers())
          .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
          .option(ChannelOption.TCP_NODELAY, true)
          .option(ChannelOption.SO_KEEPALIVE, true)
          .handler(
              new ChannelInitializer<Channel>() {
                @Override
                protected void initChannel(Channel channel) {
                  if (security != null) {
                    channel.pipeline().addLast(security.handler(channel, origin));
                  }
                  channel.pipeline().addLast(new HttpClientCodec(DECODER, false, false));
                  channel.pipeline().addLast(new Connection(channel, pool));
                }
              });
    }

    private void shakeHands(Channel channel) {
      Connection connection = channel.pipeline().get(Connection.class);
      SslHandler handler = channel.pipeline().get(SslHandler.class);
      if (handler == null || security == null) {
        pool.connected(connection, call);
        return;
      }
      var unused =
          handler
              .handshakeFuture()
              .addListener(
                  done -> {
                    Throwable fault = done.isSuccess() ? nameFault(handler) : done.cause();
                    if (fault == null) {
                      pool.connected(connection, call);
                    } else {
                      call.fail(Kind.UNTRUSTED, "TLS: " + Failures.text(fault), fault);
                      connection.close();
                    }
                  });
    }

    private @Nullable Throwable nameFault(SslHandler handler) {
      try {
        if (security != null) {
          security.checkNames(handler, origin);
        }
        return null;
      } catch (SSLException | CertificateException e) {
        return e;
      }
    }
  }

  void dial(PendingCall call, ConnectionPool pool) {
    if (!origin.tls()) {
      new Dial(call, pool, null).find();
      return;
    }
    loop.comeBack(
        tls.get(),
        (security, failure) -> {
          if (security == null) {
            refuse(call, pool, Kind.UNTRUSTED, "TLS cannot be used", failure);
          } else {
            new Dial(call, pool, security).find();
          }
        });
  }

  private static void refuse(
      PendingCall call, ConnectionPool pool, Kind kind, String what, @Nullable Throwable failure) {
    Throwable cause = failure == null ? null : Answer.unwrap(failure);
    call.fail(kind, cause == null ? what : what + ": " + Failures.text(cause), cause);
    pool.freeSlot();
  }
}

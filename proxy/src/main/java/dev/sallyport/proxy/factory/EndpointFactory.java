package dev.sallyport.proxy.factory;

import dev.sallyport.config.ProxyProtocol;
import dev.sallyport.config.SocketUrl;
import dev.sallyport.config.UpstreamProtocol;
import dev.sallyport.config.UpstreamTls;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.reload.FileWatcher;
import dev.sallyport.config.reload.Watched;
import dev.sallyport.proxy.Upstream;
import dev.sallyport.proxy.connect.Announcement;
import dev.sallyport.proxy.connect.ClientTls;
import dev.sallyport.proxy.connect.Connector;
import dev.sallyport.proxy.connect.Destination;
import dev.sallyport.proxy.headers.RequestHeaders;
import dev.sallyport.proxy.http1.Http1Upstream;
import dev.sallyport.proxy.http2.Http2FirstUpstream;
import dev.sallyport.proxy.http2.Http2Upstream;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes one backend's URL an upstream. Its certificate files are read again when they change. */
public final class EndpointFactory {

  private final FileWatcher watcher;
  private final ByteBufAllocator buffers;

  /**
   * @param buffers where connections take theirs from
   */
  public EndpointFactory(FileWatcher watcher, ByteBufAllocator buffers) {
    this.watcher = watcher;
    this.buffers = buffers;
  }

  /** What stands in Host or :authority of requests to this URL. */
  public static String authority(URI url) {
    String authority = url.getRawAuthority();
    return authority == null ? "localhost" : authority;
  }

  /**
   * @param url {@code http}, {@code https}, {@code h2c} or {@code unix}, checked
   * @param connectTimeout for each connection, without the handshake
   * @param announced what connections of HTTP/1.1 begin with
   * @throws InvalidFileException when a certificate or key cannot be used now
   */
  public Upstream create(
      URI url,
      UpstreamProtocol protocol,
      UpstreamTls tls,
      Duration connectTimeout,
      ProxyProtocol announced,
      RequestHeaders headers)
      throws InvalidFileException {
    Watched<ClientContexts> contexts =
        secure(url) ? ClientContexts.watch(tls, watcher, protocol != UpstreamProtocol.HTTP1) : null;
    return create(
        url,
        protocol,
        contexts == null ? null : contexts::current,
        tls.serverName(),
        connectTimeout,
        announced,
        headers,
        buffers);
  }

  static boolean secure(URI url) {
    return url.getScheme().equalsIgnoreCase("https");
  }

  /**
   * As above, with certificates that somebody else watches.
   *
   * @param contexts today's, asked once per connection; null for cleartext
   */
  static Upstream create(
      URI url,
      UpstreamProtocol protocol,
      @Nullable Supplier<ClientContexts> contexts,
      Optional<String> serverName,
      Duration connectTimeout,
      ProxyProtocol announced,
      RequestHeaders headers,
      ByteBufAllocator buffers) {
    boolean secure = contexts != null;
    boolean knownHttp2 = url.getScheme().equalsIgnoreCase("h2c");
    UpstreamProtocol spoken = knownHttp2 ? UpstreamProtocol.HTTP2 : protocol;
    Parts parts =
        new Parts(url, serverName, connectTimeout, contexts, announcement(announced), buffers);
    String path = SocketUrl.is(url) ? SocketUrl.prefix(url) : url.getRawPath();
    Upstream http1 = new Http1Upstream(parts.connector(ClientContexts::plain), path, headers);
    if (spoken == UpstreamProtocol.HTTP1 || spoken == UpstreamProtocol.AUTO && !secure) {
      return http1;
    }
    Upstream http2 = new Http2Upstream(parts.connector(ClientContexts::http2), path, headers);
    return new Http2FirstUpstream(http2, http1, spoken == UpstreamProtocol.AUTO);
  }

  private static Announcement announcement(ProxyProtocol announced) {
    return switch (announced) {
      case OFF -> Announcement.NONE;
      case V1 -> Announcement.VERSION_1;
      case V2 -> Announcement.VERSION_2;
    };
  }

  /** What both protocols' connections have in common. */
  private record Parts(
      URI url,
      Optional<String> serverName,
      Duration timeout,
      @Nullable Supplier<ClientContexts> contexts,
      Announcement announcement,
      ByteBufAllocator buffers) {

    Connector connector(Function<ClientContexts, SslContext> choice) {
      Destination destination = Destination.of(url);
      return new Connector(
          destination, clientTls(destination, choice), timeout, buffers, announcement);
    }

    private @Nullable ClientTls clientTls(
        Destination destination, Function<ClientContexts, SslContext> choice) {
      Supplier<ClientContexts> today = contexts;
      if (today == null || !(destination instanceof Destination.Port port)) {
        return null;
      }
      return new ClientTls(() -> choice.apply(today.get()), serverName.orElse(port.host()));
    }
  }
}

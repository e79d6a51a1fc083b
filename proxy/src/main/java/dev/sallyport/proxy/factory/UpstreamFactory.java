package dev.sallyport.proxy.factory;

import dev.sallyport.api.UserInfo;
import dev.sallyport.config.UpstreamConfig;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.reload.FileWatcher;
import dev.sallyport.config.reload.Watched;
import dev.sallyport.proxy.Upstream;
import dev.sallyport.proxy.headers.IdentityHeaders;
import dev.sallyport.proxy.headers.RequestHeaders;
import dev.sallyport.proxy.headers.TokenMint;
import dev.sallyport.proxy.streams.translation.TranslatingUpstream;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.List;

/**
 * Makes the upstream of {@code --upstream} and its files, which are read again when they change.
 */
public final class UpstreamFactory {

  private static final Duration CONNECT = Duration.ofSeconds(5);

  private UpstreamFactory() {}

  /** As {@link #create(UpstreamConfig, TokenMint, FileWatcher, ByteBufAllocator)}, without JWTs. */
  public static Upstream create(
      UpstreamConfig config, FileWatcher watcher, ByteBufAllocator buffers)
      throws InvalidFileException {
    return create(config, UpstreamFactory::mintless, watcher, buffers);
  }

  private static String mintless(UserInfo caller) {
    throw new IllegalStateException("an upstream that is told by tokens needs a mint");
  }

  /**
   * @param mint makes the tokens of {@code identity: jwt}
   * @param buffers where its connections take theirs from
   * @throws InvalidFileException when a certificate, key or token cannot be used now
   */
  public static Upstream create(
      UpstreamConfig config, TokenMint mint, FileWatcher watcher, ByteBufAllocator buffers)
      throws InvalidFileException {
    Watched<String> token =
        config.tokenFile().isPresent()
            ? watcher.watch(
                List.of(config.tokenFile().get()),
                contents -> BearerToken.authorization(contents.get(0)))
            : Watched.fixed("");
    RequestHeaders headers =
        new RequestHeaders(
            EndpointFactory.authority(config.url()),
            IdentityHeaders.of(config.identity(), mint),
            token::current);
    Upstream upstream =
        new EndpointFactory(watcher, buffers)
            .create(
                config.url(),
                config.protocol(),
                config.tls(),
                CONNECT,
                config.proxyProtocol(),
                headers);
    return TranslatingUpstream.around(upstream, config.streams().protocol(), buffers);
  }
}

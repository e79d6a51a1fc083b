package dev.sallyport.server.assembly;

import dev.sallyport.config.ConfigException;
import dev.sallyport.config.Fault;
import dev.sallyport.config.JwtIdentityConfig;
import dev.sallyport.config.KeyPairFiles;
import dev.sallyport.config.UpstreamConfig;
import dev.sallyport.config.UpstreamIdentity;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.reload.FileWatcher;
import dev.sallyport.proxy.Upstream;
import dev.sallyport.proxy.factory.UpstreamFactory;
import dev.sallyport.server.chain.Endpoint;
import dev.sallyport.server.endpoint.PathTable;
import dev.sallyport.server.endpoint.Router;
import dev.sallyport.server.endpoint.proxy.ProxyEndpoint;
import dev.sallyport.server.netty.Buffers;
import java.nio.file.Path;
import java.util.Optional;

/** What answers behind the doors when an upstream stands there instead of the store. */
final class Corridor {

  private Corridor() {}

  /**
   * Passes everything on but the server's own paths.
   *
   * @throws ConfigException when one of the upstream's files cannot be used
   */
  static Endpoint open(
      UpstreamConfig config,
      FileWatcher watcher,
      Resources resources,
      PathTable own,
      UpstreamIdentities identities) {
    Upstream upstream = resources.hold(upstream(config, watcher, identities));
    ProxyEndpoint plain =
        new ProxyEndpoint(upstream, config.identity().kind() == UpstreamIdentity.IMPERSONATE);
    ProxyEndpoint recorded =
        config
            .streams()
            .recording()
            .map(recording -> Recorders.before(plain, recording, resources))
            .orElse(plain);
    Endpoint proxy = identities.preparing(config.identity(), recorded);
    return new Router(proxy, own.otherwise(proxy));
  }

  private static Upstream upstream(
      UpstreamConfig config, FileWatcher watcher, UpstreamIdentities identities) {
    try {
      identities.prepare(config.identity());
      return UpstreamFactory.create(
          config, identities.mint(config.identity()), watcher, Buffers.POOL);
    } catch (InvalidFileException e) {
      throw new ConfigException(
          new Fault(flag(config, e.file()), e.file().toString(), "a usable file: " + e.fault()));
    }
  }

  private static String flag(UpstreamConfig config, Path file) {
    if (config.identity().jwt().flatMap(JwtIdentityConfig::signingKey).equals(Optional.of(file))) {
      return "--upstream-jwt-signing-key-file";
    }
    if (config.tls().certificateAuthority().equals(Optional.of(file))) {
      return "--upstream-ca-file";
    }
    if (config.tokenFile().equals(Optional.of(file))) {
      return "--upstream-token-file";
    }
    return config.tls().clientCertificate().map(KeyPairFiles::key).equals(Optional.of(file))
        ? "--upstream-client-key"
        : "--upstream-client-certificate";
  }
}

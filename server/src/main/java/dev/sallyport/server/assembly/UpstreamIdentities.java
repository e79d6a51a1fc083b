package dev.sallyport.server.assembly;

import dev.sallyport.authn.token.identity.IdentityTokens;
import dev.sallyport.authn.token.serviceaccount.TokenSigner;
import dev.sallyport.authn.token.serviceaccount.VerificationKeys;
import dev.sallyport.config.IdentityConfig;
import dev.sallyport.config.JwtIdentityConfig;
import dev.sallyport.config.ServiceAccountConfig;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.pem.PrivateKeys;
import dev.sallyport.config.pem.PublicKeys;
import dev.sallyport.proxy.headers.IdentityHeaders;
import dev.sallyport.proxy.headers.TokenMint;
import dev.sallyport.server.chain.Endpoint;
import dev.sallyport.server.endpoint.proxy.PreparedEndpoint;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** How upstreams learn who calls; keeps the tokens that tell some of them. Any thread. */
final class UpstreamIdentities {

  private static final String EXPECTED = "holds no private key, RSA or EC on P-256, P-384 or P-521";

  private final ServiceAccountConfig accounts;
  private final Clock clock;
  private final Executor executor;
  private final Map<JwtIdentityConfig, IdentityTokens> minted = new ConcurrentHashMap<>();
  private final Map<Path, PublicKey> published = new ConcurrentHashMap<>();

  /**
   * @param accounts whose issuer tokens name, and whose key signs them unless they have their own
   * @param executor where tokens are signed
   */
  UpstreamIdentities(ServiceAccountConfig accounts, Clock clock, Executor executor) {
    this.accounts = accounts;
    this.clock = clock;
    this.executor = executor;
  }

  /**
   * Reads the keys that it needs; before anything else is asked about it.
   *
   * @throws InvalidFileException when there is no such key
   */
  void prepare(IdentityConfig config) throws InvalidFileException {
    if (config.jwt().isPresent() && !minted.containsKey(config.jwt().get())) {
      JwtIdentityConfig jwt = config.jwt().get();
      minted.put(
          jwt,
          new IdentityTokens(
              accounts.issuers().get(0),
              jwt.audiences(),
              jwt.lifetime(),
              signer(jwt),
              clock,
              executor));
    }
  }

  private TokenSigner signer(JwtIdentityConfig jwt) throws InvalidFileException {
    Path file = jwt.signingKey().orElse(accounts.signingKey());
    try {
      PrivateKey key = PrivateKeys.read(file);
      PublicKey publicKey = PublicKeys.derive(key);
      TokenSigner signer = new TokenSigner(key, publicKey);
      published.put(file, publicKey);
      return signer;
    } catch (InvalidKeySpecException | IllegalArgumentException e) {
      throw new InvalidFileException(file, EXPECTED, e);
    }
  }

  IdentityHeaders headers(IdentityConfig config) {
    return IdentityHeaders.of(config, mint(config));
  }

  /** Makes tokens, where the upstream is told by such. */
  TokenMint mint(IdentityConfig config) {
    return caller -> tokens(config.jwt().orElseThrow()).token(caller);
  }

  /** The endpoint, behind a step that signs what its request needs without an event loop's time. */
  Endpoint preparing(IdentityConfig config, Endpoint proxy) {
    return config.jwt().isEmpty()
        ? proxy
        : new PreparedEndpoint(tokens(config.jwt().get())::prepare, proxy);
  }

  private IdentityTokens tokens(JwtIdentityConfig jwt) {
    return Objects.requireNonNull(minted.get(jwt), "not prepared");
  }

  /** The keys by which upstreams verify tokens, and those that verify service accounts' tokens. */
  Supplier<VerificationKeys> published(Supplier<VerificationKeys> own) {
    return () -> {
      if (published.isEmpty()) {
        return own.get();
      }
      List<PublicKey> all = new ArrayList<>(own.get().all());
      all.addAll(published.values());
      return new VerificationKeys(all);
    };
  }
}

package dev.sallyport.authn.factory;

import dev.sallyport.authn.Audiences;
import dev.sallyport.authn.Authenticator;
import dev.sallyport.authn.TokenAuthenticator;
import dev.sallyport.authn.anonymous.AnonymousAuthenticator;
import dev.sallyport.authn.bearer.BearerAuthenticator;
import dev.sallyport.authn.bearer.WebSocketBearerAuthenticator;
import dev.sallyport.authn.explain.Explainer;
import dev.sallyport.authn.requestheader.RequestHeaderAuthenticator;
import dev.sallyport.authn.revocation.RevocationGuard;
import dev.sallyport.authn.revocation.Revocations;
import dev.sallyport.authn.revocation.RevokedCertificates;
import dev.sallyport.authn.token.bootstrap.BootstrapTokenAuthenticator;
import dev.sallyport.authn.token.cache.InquiryCounts;
import dev.sallyport.authn.token.file.TokenFile;
import dev.sallyport.authn.token.file.TokenFileAuthenticator;
import dev.sallyport.authn.token.oidc.Issuers;
import dev.sallyport.authn.token.oidc.OidcAuthenticator;
import dev.sallyport.authn.token.serviceaccount.ServiceAccountAuthenticator;
import dev.sallyport.authn.token.serviceaccount.ServiceAccountTokenIssuer;
import dev.sallyport.authn.token.serviceaccount.VerificationKeys;
import dev.sallyport.authn.union.AuthenticatedGroup;
import dev.sallyport.authn.union.UnionAuthenticator;
import dev.sallyport.authn.union.UnionTokenAuthenticator;
import dev.sallyport.authn.union.Way;
import dev.sallyport.authn.x509.TrustBundle;
import dev.sallyport.authn.x509.X509Authenticator;
import dev.sallyport.config.AuthenticationConfig;
import dev.sallyport.config.ConfigException;
import dev.sallyport.config.reload.FileWatcher;
import dev.sallyport.config.reload.Watched;
import dev.sallyport.webhook.HttpsConnector;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts the ways in in order. */
public final class AuthenticationFactory {
  private final AuthenticationConfig config;
  private final HttpsConnector connector;
  private final StoredCredentials stored;
  private final Clock clock;
  private final Executor executor;
  private final WatchedFiles files;
  private final Audiences apiAudiences;
  private final Outside outside;
  private final InquiryCounts counts = new InquiryCounts();
  private final Revocations revocations = new Revocations();
  private final RevocationGuard guard = new RevocationGuard(revocations);

  private AuthenticationFactory(
      AuthenticationConfig config,
      FileWatcher watcher,
      HttpsConnector connector,
      StoredCredentials stored,
      Clock clock,
      Executor executor) {
    this.config = config;
    this.connector = connector;
    this.stored = stored;
    this.clock = clock;
    this.executor = executor;
    this.files = new WatchedFiles(watcher);
    this.apiAudiences = new Audiences(config.apiAudiences());
    this.outside =
        Outside.open(
            config,
            files,
            new Issuers(connector, clock, AuthenticationFactory::later, executor),
            new OutsideTokens(
                connector, apiAudiences, clock, AuthenticationFactory::later, executor, counts));
  }

  /**
   * Reads every file that the configuration names, and has it watched.
   *
   * @param connector the way to webhooks and issuers
   * @param stored what the store knows of tokens
   * @param executor where signatures are checked
   * @throws ConfigException with every file that is at fault
   */
  public static AuthenticationChain create(
      AuthenticationConfig config,
      FileWatcher watcher,
      HttpsConnector connector,
      StoredCredentials stored,
      Clock clock,
      Executor executor) {
    return new AuthenticationFactory(config, watcher, connector, stored, clock, executor).build();
  }

  /** On the JDK's timer thread: what comes later only sends a request, and is never turned away. */
  private static void later(Duration delay, Runnable task) {
    CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
        .execute(task);
  }

  private AuthenticationChain build() {
    @Nullable Watched<VerificationKeys> keys =
        files.watch(
            "--service-account-key-file",
            config.serviceAccounts().keyFiles(),
            "PEM keys that verify service-account tokens",
            VerificationKeys::parse);
    @Nullable ServiceAccountTokenIssuer issuer =
        SigningKey.issuer(config.serviceAccounts(), clock, files.faults());
    List<Way<TokenAuthenticator>> kinds = tokens(keys);
    TokenAuthenticator tokens = new UnionTokenAuthenticator(kinds);
    List<Way<Authenticator>> certificates = certificates();
    Authenticator known =
        AuthenticatedGroup.around(new UnionAuthenticator(ways(certificates, tokens)));
    TokenAuthenticator knownTokens = AuthenticatedGroup.around(tokens);
    if (config.revocation().enabled()) {
      known = guard.around(known);
      knownTokens = guard.around(knownTokens);
    }
    files.faults().throwIfAny();
    if (keys == null || issuer == null) {
      throw new IllegalStateException("a fault that was not told");
    }
    Authenticator all =
        config.anonymous() ? new AnonymousAuthenticator(known, outside.anonymous()) : known;
    return new AuthenticationChain(
        all,
        knownTokens,
        apiAudiences,
        issuer,
        keys::current,
        new Explainer(all, certificates, kinds),
        revocations,
        counts);
  }

  private static List<Way<Authenticator>> ways(
      List<Way<Authenticator>> certificates, TokenAuthenticator tokens) {
    // A certificate costs nothing once judged; tokens come after it, as kube-apiserver has it.
    List<Way<Authenticator>> ways = new ArrayList<>(certificates);
    ways.add(new Way<>("bearer", new BearerAuthenticator(tokens)));
    ways.add(new Way<>("websocket", new WebSocketBearerAuthenticator(tokens)));
    return ways;
  }

  private List<Way<Authenticator>> certificates() {
    List<Way<Authenticator>> ways = new ArrayList<>();
    // A front proxy speaks for its users, so its headers count before its own certificate does.
    config
        .requestHeader()
        .ifPresent(
            header -> {
              Watched<TrustBundle> bundle =
                  files.watch(
                      "--requestheader-client-ca-file",
                      List.of(header.clientCa()),
                      "PEM certificates of authorities",
                      TrustBundle::parse);
              if (bundle != null) {
                ways.add(
                    new Way<>(
                        "requestheader",
                        new RequestHeaderAuthenticator(header, bundle::current, clock, executor)));
              }
            });
    authorities()
        .ifPresent(
            bundle -> {
              ways.add(new Way<>("x509", new X509Authenticator(bundle, clock, executor)));
              config.revocation().clientCrl().ifPresent(list -> followList(list, bundle));
            });
    return ways;
  }

  private void followList(Path list, Supplier<TrustBundle> authorities) {
    Watched<RevokedCertificates> lists =
        files.watch(
            "--client-crl-file",
            List.of(list),
            "revocation lists of the authorities of client certificates",
            contents -> RevokedCertificates.parse(contents, authorities.get()));
    if (lists != null) {
      revocations.follow(lists::current);
      lists.onChange(changed -> revocations.changed());
    }
  }

  /** Whose client certificates are a way in: the flag's authorities, then the file's. */
  private Optional<Supplier<TrustBundle>> authorities() {
    @Nullable Watched<TrustBundle> watched =
        config.clientCa().isEmpty()
            ? null
            : files.watch(
                "--client-ca-file",
                List.of(config.clientCa().get()),
                "PEM certificates of authorities",
                TrustBundle::parse);
    if (watched == null) {
      return outside.authorities();
    }
    Supplier<TrustBundle> flagged = watched::current;
    return Optional.of(
        outside
            .authorities()
            .<Supplier<TrustBundle>>map(others -> new BothBundles(flagged, others))
            .orElse(flagged));
  }

  private List<Way<TokenAuthenticator>> tokens(@Nullable Watched<VerificationKeys> keys) {
    List<Way<TokenAuthenticator>> kinds = new ArrayList<>();
    // Static tokens first: a look-up in a table, and no other kind is asked when it hits.
    config
        .tokenFile()
        .ifPresent(
            file -> {
              Watched<TokenFile> tokens =
                  files.watch(
                      "--token-auth-file",
                      List.of(file),
                      "CSV of token,user,uid and optionally \"group1,group2\"",
                      TokenFile::parse);
              if (tokens != null) {
                kinds.add(
                    new Way<>(
                        "token-file", new TokenFileAuthenticator(tokens::current, apiAudiences)));
              }
            });
    // Outside issuers before our own: they remember by digest which tokens are none of theirs.
    outside
        .issuers()
        .ifPresent(
            issuers ->
                kinds.add(new Way<>("oidc", new OidcAuthenticator(issuers, apiAudiences, clock))));
    if (keys != null) {
      kinds.add(
          new Way<>(
              "service-account",
              new ServiceAccountAuthenticator(
                  config.serviceAccounts().issuers(),
                  apiAudiences,
                  keys::current,
                  stored.serviceAccounts(),
                  stored.legacyTokenUse(),
                  config.serviceAccounts().lookup(),
                  clock,
                  executor)));
    }
    if (config.bootstrapTokens()) {
      kinds.add(
          new Way<>(
              "bootstrap-token",
              new BootstrapTokenAuthenticator(stored.bootstrapSecrets(), apiAudiences, clock)));
    }
    // Over the network from here on: those first who are asked about few tokens.
    outside
        .tokens()
        .ifPresent(
            tokens -> {
              kinds.add(new Way<>("routed-token-webhook", tokens.webhooks()));
              kinds.add(new Way<>("introspection", tokens.introspections()));
            });
    // Last, since it is asked over the network about every token that nobody here knows.
    config
        .tokenWebhook()
        .ifPresent(
            hook -> {
              TokenAuthenticator webhook =
                  TokenWebhook.create(
                      hook, files, connector, apiAudiences, clock, executor, counts);
              if (webhook != null) {
                kinds.add(new Way<>("token-webhook", webhook));
              }
            });
    return kinds;
  }
}

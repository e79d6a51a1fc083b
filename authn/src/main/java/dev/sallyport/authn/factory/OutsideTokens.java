package dev.sallyport.authn.factory;

import dev.sallyport.authn.Audiences;
import dev.sallyport.authn.TokenAuthenticator;
import dev.sallyport.authn.configuration.AuthenticationFile;
import dev.sallyport.authn.token.cache.InquiryCounts;
import dev.sallyport.authn.token.introspection.Introspection;
import dev.sallyport.authn.token.introspection.IntrospectionAuthenticator;
import dev.sallyport.authn.token.oidc.Later;
import dev.sallyport.authn.token.webhook.RoutedTokenAuthenticator;
import dev.sallyport.authn.token.webhook.RoutedWebhook;
import dev.sallyport.authn.token.webhook.WebhookTokenAuthenticator;
import dev.sallyport.authn.union.UnionTokenAuthenticator;
import dev.sallyport.authn.union.Way;
import dev.sallyport.config.reload.Watched;
import dev.sallyport.webhook.HttpsClient;
import dev.sallyport.webhook.HttpsConnector;
import dev.sallyport.webhook.TlsPeer;
import dev.sallyport.webhook.post.Reviewer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * Whom a file has asked about tokens: webhooks and introspection endpoints. A changed file keeps
 * the connections of those that are still in it, and the answers of webhooks that are the same.
 *
 * <p>{@link #take} is for one thread at a time; tokens are judged on any.
 */
final class OutsideTokens {

  /** Longer than any question takes: who asks one while the file changes gets its answer. */
  private static final Duration GRACE = Duration.ofMinutes(1);

  private static final TokenAuthenticator NOBODY = new UnionTokenAuthenticator(List.of());

  /** A webhook, with what it said. */
  private record Asked(Reviewer reviewer, TokenAuthenticator tokens) {}

  private final HttpsConnector connector;
  private final Audiences apiAudiences;
  private final Clock clock;
  private final Later later;
  private final Executor executor;
  private final InquiryCounts counts;
  private Map<RoutedWebhook, Asked> asked = Map.of();
  private Map<TlsPeer, HttpsClient> clients = Map.of();
  private volatile TokenAuthenticator webhooks = NOBODY;
  private volatile TokenAuthenticator introspections = NOBODY;

  OutsideTokens(
      HttpsConnector connector,
      Audiences apiAudiences,
      Clock clock,
      Later later,
      Executor executor,
      InquiryCounts counts) {
    this.counts = counts;
    this.connector = connector;
    this.apiAudiences = apiAudiences;
    this.clock = clock;
    this.later = later;
    this.executor = executor;
  }

  /** The webhooks of today. */
  TokenAuthenticator webhooks() {
    return (token, audiences) -> webhooks.authenticate(token, audiences);
  }

  /** The introspection endpoints of today. */
  TokenAuthenticator introspections() {
    return (token, audiences) -> introspections.authenticate(token, audiences);
  }

  /** Takes over a configuration. */
  synchronized void take(AuthenticationFile file) {
    takeWebhooks(file);
    takeIntrospections(file);
  }

  private void takeWebhooks(AuthenticationFile file) {
    Map<RoutedWebhook, Asked> before = asked;
    Map<RoutedWebhook, Asked> now = new HashMap<>();
    List<Way<TokenAuthenticator>> ways = new ArrayList<>();
    for (RoutedWebhook webhook : file.webhooks()) {
      Asked kept = before.containsKey(webhook) ? before.get(webhook) : open(webhook);
      now.put(webhook, kept);
      ways.add(
          new Way<>(
              "routed-token-webhook",
              new RoutedTokenAuthenticator(webhook.match(), file.names(), kept.tokens())));
    }
    webhooks = new UnionTokenAuthenticator(ways);
    asked = now;
    before.forEach((webhook, old) -> closeUnless(now.containsKey(webhook), old.reviewer()::close));
  }

  private void takeIntrospections(AuthenticationFile file) {
    Map<TlsPeer, HttpsClient> before = clients;
    Map<TlsPeer, HttpsClient> now = new HashMap<>();
    List<Way<TokenAuthenticator>> ways = new ArrayList<>();
    for (Introspection introspection : file.introspections()) {
      HttpsClient client =
          now.computeIfAbsent(
              introspection.peer(),
              peer -> before.containsKey(peer) ? before.get(peer) : connector.client(peer));
      ways.add(
          new Way<>(
              "introspection",
              new IntrospectionAuthenticator(
                  introspection, client, file.names(), apiAudiences, clock, executor, counts)));
    }
    introspections = new UnionTokenAuthenticator(ways);
    clients = now;
    before.forEach((peer, old) -> closeUnless(now.containsKey(peer), old::close));
  }

  private Asked open(RoutedWebhook webhook) {
    Reviewer reviewer = TokenWebhook.reviewer(connector, Watched.fixed(webhook.target()));
    return new Asked(
        reviewer,
        new WebhookTokenAuthenticator(
            reviewer::ask,
            webhook.version().flagValue(),
            apiAudiences,
            webhook.cacheTtl(),
            clock,
            executor,
            counts));
  }

  private void closeUnless(boolean used, Runnable close) {
    if (!used) {
      later.after(GRACE, close);
    }
  }
}

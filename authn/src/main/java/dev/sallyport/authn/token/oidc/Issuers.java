package dev.sallyport.authn.token.oidc;

import dev.sallyport.authn.token.jwt.WarmUp;
import dev.sallyport.webhook.HttpsConnector;
import dev.sallyport.webhook.TlsPeer;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * The issuers that are configured now, and their keys. A changed configuration keeps the keys of
 * every issuer that still gets them from the same place, so that no good token waits for it.
 *
 * <p>{@link #take} is for one thread at a time; tokens are judged on any.
 */
public final class Issuers {
  private final HttpsConnector connector;
  private final Clock clock;
  private final Later later;
  private final Executor executor;
  private final Map<KeyOrigin, IssuerKeys> keys = new HashMap<>();
  private volatile IssuerTable table = new IssuerTable(Map.of());
  private boolean warm;

  /**
   * @param connector the way to issuers; used only when there are any
   * @param executor where signatures are checked and answers read
   */
  public Issuers(HttpsConnector connector, Clock clock, Later later, Executor executor) {
    this.connector = connector;
    this.clock = clock;
    this.later = later;
    this.executor = executor;
  }

  /** Takes over a configuration; its issuers have different URLs. */
  public synchronized void take(List<Issuer> issuers, SystemNames names) {
    if (!issuers.isEmpty() && !warm) {
      warm = true;
      executor.execute(new WarmUp());
    }
    Map<String, IssuerVerifier> verifiers = new LinkedHashMap<>();
    Map<KeyOrigin, IssuerKeys> used = new HashMap<>();
    for (Issuer issuer : issuers) {
      IssuerKeys of =
          used.computeIfAbsent(issuer.keys(), origin -> keys.computeIfAbsent(origin, this::open));
      verifiers.put(issuer.url(), new IssuerVerifier(issuer, of, names, clock, executor));
    }
    table = new IssuerTable(verifiers);
    keys.entrySet()
        .removeIf(
            entry -> {
              boolean gone = !used.containsKey(entry.getKey());
              if (gone) {
                entry.getValue().close();
              }
              return gone;
            });
  }

  IssuerTable table() {
    return table;
  }

  private IssuerKeys open(KeyOrigin origin) {
    if (origin instanceof KeyOrigin.Given given) {
      return new GivenKeys(given.keys());
    }
    KeyOrigin.Discovered discovered = (KeyOrigin.Discovered) origin;
    KeyFetch fetch =
        new KeyFetch(
            discovered,
            connector.client(TlsPeer.of(discovered.authorities())),
            KeyFetch.DEADLINE,
            executor);
    FetchedKeys fetched = new FetchedKeys(discovered.issuer(), fetch, clock, later);
    fetched.start();
    return fetched;
  }
}

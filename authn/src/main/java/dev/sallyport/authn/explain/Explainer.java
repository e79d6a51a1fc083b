package dev.sallyport.authn.explain;

import dev.sallyport.api.Answer;
import dev.sallyport.authn.AuthenticationRequest;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.Authenticator;
import dev.sallyport.authn.TokenAuthenticator;
import dev.sallyport.authn.bearer.BearerAuthenticator;
import dev.sallyport.authn.bearer.WebSocketBearerAuthenticator;
import dev.sallyport.authn.union.UnionAuthenticator;
import dev.sallyport.authn.union.UnionTokenAuthenticator;
import dev.sallyport.authn.union.Way;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges a request's credentials as the server does, and notes on the way who says what. It stops
 * where the server stops: a token that is known here is not shown to a webhook for curiosity's
 * sake.
 *
 * <p>For troubleshooting: it costs two authentications. Threads as {@link Authenticator}.
 */
public final class Explainer {

  private static final String BEARER = "bearer";
  private static final String WEBSOCKET = "websocket";

  private final Authenticator server;
  private final List<Way<Authenticator>> certificates;
  private final List<Way<TokenAuthenticator>> tokens;

  /**
   * @param server all ways in, as requests meet them
   * @param certificates the ways in that look at the connection, in their order
   * @param tokens the kinds of token, in their order
   */
  public Explainer(
      Authenticator server,
      List<Way<Authenticator>> certificates,
      List<Way<TokenAuthenticator>> tokens) {
    this.server = server;
    this.certificates = List.copyOf(certificates);
    this.tokens = List.copyOf(tokens);
  }

  public Answer<Explanation> explain(AuthenticationRequest request) {
    Notes notes = new Notes();
    TokenAuthenticator kinds =
        new UnionTokenAuthenticator(tokens.stream().map(way -> kind(way, notes)).toList());
    List<Way<Authenticator>> ways = new ArrayList<>();
    certificates.forEach(way -> ways.add(way(way, notes)));
    ways.add(way(new Way<>(BEARER, new BearerAuthenticator(kinds)), notes));
    ways.add(way(new Way<>(WEBSOCKET, new WebSocketBearerAuthenticator(kinds)), notes));
    return new UnionAuthenticator(ways)
        .authenticate(request)
        .then(noted -> server.authenticate(request))
        .map(verdict -> new Explanation(verdict, notes.complete(names())));
  }

  private static Way<TokenAuthenticator> kind(Way<TokenAuthenticator> way, Notes notes) {
    return new Way<>(
        way.name(),
        (token, audiences) ->
            way.authenticator()
                .authenticate(token, audiences)
                .map(result -> notes.add(way.name(), result)));
  }

  private static Way<Authenticator> way(Way<Authenticator> way, Notes notes) {
    return new Way<>(
        way.name(),
        request -> {
          int before = notes.count();
          return way.authenticator()
              .authenticate(request)
              .map(
                  result ->
                      // Where a token was found its kinds have said it all.
                      notes.count() > before ? result : notes.add(way.name(), result));
        });
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    certificates.forEach(way -> names.add(way.name()));
    tokens.forEach(way -> names.add(way.name()));
    return names;
  }

  /** What has been said; written by one at a time, in the order in which they are asked. */
  private static final class Notes {
    private final List<Finding> findings = new ArrayList<>();

    int count() {
      return findings.size();
    }

    AuthenticationResult add(String name, AuthenticationResult result) {
      if (result instanceof AuthenticationResult.Rejected rejected) {
        List<String> reasons =
            rejected.refusals().stream().map(AuthenticationResult.Refusal::reason).toList();
        findings.add(new Finding(name, Finding.Said.REFUSED, reasons));
      } else {
        boolean accepted = result instanceof AuthenticationResult.Authenticated;
        findings.add(
            new Finding(
                name, accepted ? Finding.Said.ACCEPTED : Finding.Said.ABSTAINED, List.of()));
      }
      return result;
    }

    List<Finding> complete(List<String> names) {
      List<Finding> all = new ArrayList<>(findings);
      for (String name : names) {
        if (findings.stream().noneMatch(finding -> finding.authenticator().equals(name))) {
          all.add(new Finding(name, Finding.Said.NOT_ASKED, List.of()));
        }
      }
      return all;
    }
  }
}

package dev.sallyport.authn.union;

import dev.sallyport.api.Answer;
import dev.sallyport.authn.AuthenticationRequest;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.Authenticator;
import java.util.List;

/** Several ways in as one: the first success decides, else any rejection. */
public final class UnionAuthenticator implements Authenticator {
  private final FirstSuccess<Authenticator> ways;

  public UnionAuthenticator(List<Way<Authenticator>> ways) {
    this.ways = new FirstSuccess<>(ways);
  }

  @Override
  public Answer<AuthenticationResult> authenticate(AuthenticationRequest request) {
    return ways.ask(way -> way.authenticate(request));
  }
}

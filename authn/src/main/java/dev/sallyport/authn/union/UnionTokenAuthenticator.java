package dev.sallyport.authn.union;

import dev.sallyport.api.Answer;
import dev.sallyport.authn.Audiences;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.TokenAuthenticator;
import java.util.List;

/** Several kinds of token as one: the first success decides, else any rejection. */
public final class UnionTokenAuthenticator implements TokenAuthenticator {
  private final FirstSuccess<TokenAuthenticator> ways;

  public UnionTokenAuthenticator(List<Way<TokenAuthenticator>> ways) {
    this.ways = new FirstSuccess<>(ways);
  }

  @Override
  public Answer<AuthenticationResult> authenticate(String token, Audiences audiences) {
    return ways.ask(way -> way.authenticate(token, audiences));
  }
}

package dev.sallyport.authn.anonymous;

import dev.sallyport.api.Answer;
import dev.sallyport.api.UserInfo;
import dev.sallyport.api.WellKnown;
import dev.sallyport.authn.Audiences;
import dev.sallyport.authn.AuthenticationRequest;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.AuthenticationResult.Abstained;
import dev.sallyport.authn.AuthenticationResult.Authenticated;
import dev.sallyport.authn.Authenticator;
import java.util.function.Supplier;

/**
 * Whoever shows no credential at all is system:anonymous. It stands around all other ways in, so
 * that a rejected credential never becomes none.
 */
public final class AnonymousAuthenticator implements Authenticator {
  private static final Answer<AuthenticationResult> ANONYMOUS =
      Answer.now(
          new Authenticated(
              UserInfo.of(WellKnown.USER_ANONYMOUS, WellKnown.GROUP_UNAUTHENTICATED),
              Audiences.ANY));

  private final Authenticator others;
  private final Supplier<AnonymousAccess> access;

  /**
   * @param access where anonymous requests may go now
   */
  public AnonymousAuthenticator(Authenticator others, Supplier<AnonymousAccess> access) {
    this.others = others;
    this.access = access;
  }

  @Override
  public Answer<AuthenticationResult> authenticate(AuthenticationRequest request) {
    return others
        .authenticate(request)
        .then(
            result ->
                result == Abstained.INSTANCE && access.get().includes(request.path())
                    ? ANONYMOUS
                    : Answer.now(result));
  }
}

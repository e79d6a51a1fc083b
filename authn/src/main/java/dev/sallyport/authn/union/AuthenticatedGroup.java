package dev.sallyport.authn.union;

import dev.sallyport.api.UserInfo;
import dev.sallyport.api.WellKnown;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.AuthenticationResult.Authenticated;
import dev.sallyport.authn.Authenticator;
import dev.sallyport.authn.TokenAuthenticator;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts everybody who came in into system:authenticated, unless they are in it, are unauthenticated,
 * or are called system:anonymous by their credential.
 */
public final class AuthenticatedGroup {
  private AuthenticatedGroup() {}

  /** The same way in, with the group. */
  public static Authenticator around(Authenticator inner) {
    return request -> inner.authenticate(request).map(AuthenticatedGroup::add);
  }

  /** The same kind of token, with the group. */
  public static TokenAuthenticator around(TokenAuthenticator inner) {
    return (token, audiences) -> inner.authenticate(token, audiences).map(AuthenticatedGroup::add);
  }

  private static AuthenticationResult add(AuthenticationResult result) {
    if (!(result instanceof Authenticated good) || settled(good.user())) {
      return result;
    }
    return new Authenticated(
        with(good.user()), good.audiences(), good.credential(), good.annotations());
  }

  /**
   * The user with the group at the end, or the same one if there is no need. Who keeps users can
   * keep them so, and spares every request the copy.
   */
  public static UserInfo of(UserInfo user) {
    return settled(user) ? user : with(user);
  }

  private static UserInfo with(UserInfo user) {
    List<String> groups = new ArrayList<>(user.groups().size() + 1);
    groups.addAll(user.groups());
    groups.add(WellKnown.GROUP_AUTHENTICATED);
    return new UserInfo(user.name(), user.uid(), groups, user.extra());
  }

  private static boolean settled(UserInfo user) {
    List<String> groups = user.groups();
    boolean atTheEnd =
        !groups.isEmpty() && groups.get(groups.size() - 1).equals(WellKnown.GROUP_AUTHENTICATED);
    return atTheEnd
        || user.name().equals(WellKnown.USER_ANONYMOUS)
        || user.groups().contains(WellKnown.GROUP_AUTHENTICATED)
        || user.groups().contains(WellKnown.GROUP_UNAUTHENTICATED);
  }
}

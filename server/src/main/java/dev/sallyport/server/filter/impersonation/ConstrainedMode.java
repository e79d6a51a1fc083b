package dev.sallyport.server.filter.impersonation;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Attributes;
import dev.sallyport.api.RequestInfo;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authz.Authorizer;
import java.util.function.BiPredicate;

/**
 * Impersonation that wants two rights: to do just this request while impersonating ({@code
 * impersonate-on:MODE:VERB} on what is asked for), and to take the identity ({@code
 * impersonate:MODE}).
 *
 * <p>Nothing is remembered between requests: a right that is withdrawn is gone at the next one.
 *
 * @see <a href="https://kep.k8s.io/5284">KEP-5284</a>
 */
final class ConstrainedMode implements ImpersonationMode {

  private final String name;
  private final BiPredicate<UserInfo, UserInfo> applies;
  private final Permission permission;
  private final IdentityCheck identity;

  /**
   * @param applies whether the mode is for such a wanted user and such a requestor
   */
  ConstrainedMode(Authorizer authorizer, String name, BiPredicate<UserInfo, UserInfo> applies) {
    this.name = name;
    this.applies = applies;
    this.permission = new Permission(authorizer);
    this.identity = new IdentityCheck(permission, "impersonate:" + name, true);
  }

  @Override
  public Answer<Impersonation> check(UserInfo wanted, Attributes asked) {
    UserInfo requestor = asked.user();
    if (!applies.test(wanted, requestor)) {
      return Answer.now(Impersonation.NOT_APPLICABLE);
    }
    return permission
        .check(new Attributes(requestor, onBehalf(asked.request())))
        .then(
            refusal ->
                refusal.isPresent()
                    ? Answer.now(new Impersonation.Refused(refusal.get()))
                    : identity.check(wanted, requestor));
  }

  private RequestInfo onBehalf(RequestInfo asked) {
    return new RequestInfo(
        asked.resourceRequest(),
        asked.path(),
        "impersonate-on:" + name + ":" + asked.verb(),
        asked.apiPrefix(),
        asked.apiGroup(),
        asked.apiVersion(),
        asked.namespace(),
        asked.resource(),
        asked.subresource(),
        asked.name(),
        asked.parts(),
        asked.selectors());
  }
}

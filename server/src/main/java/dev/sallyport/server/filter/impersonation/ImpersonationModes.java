package dev.sallyport.server.filter.impersonation;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Attributes;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authz.Authorizer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All modes, the narrowest first. The one that last let a requestor through is tried first for it,
 * since whoever impersonates tends to do so in one way; it changes the cost and, where all modes
 * refuse, whose words are told.
 */
final class ImpersonationModes {

  /** So many requestors are remembered; then all are forgotten, which costs a few checks. */
  private static final int MOST_REMEMBERED = 10_000;

  private final List<ImpersonationMode> modes;
  private final Map<String, ImpersonationMode> lastSuccess = new ConcurrentHashMap<>();

  ImpersonationModes(Authorizer authorizer) {
    IdentityCheck legacy = new IdentityCheck(new Permission(authorizer), "impersonate", false);
    this.modes =
        List.of(
            new ConstrainedMode(
                new AssociatedNode(authorizer),
                AssociatedNode.MODE,
                (wanted, requestor) ->
                    onlyName(wanted) && AssociatedNode.applies(wanted, requestor)),
            new ConstrainedMode(
                authorizer,
                "arbitrary-node",
                (wanted, requestor) ->
                    onlyName(wanted) && KnownUsernames.node(wanted.name()) != null),
            new ConstrainedMode(
                authorizer,
                "serviceaccount",
                (wanted, requestor) ->
                    onlyName(wanted) && KnownUsernames.serviceAccount(wanted.name()) != null),
            new ConstrainedMode(
                authorizer,
                "user-info",
                (wanted, requestor) ->
                    KnownUsernames.node(wanted.name()) == null
                        && KnownUsernames.serviceAccount(wanted.name()) == null),
            (wanted, asked) -> legacy.check(wanted, asked.user()));
  }

  private static boolean onlyName(UserInfo wanted) {
    return wanted.uid().isEmpty() && wanted.groups().isEmpty() && wanted.extra().isEmpty();
  }

  /** Granted, or the first refusal. */
  Answer<Impersonation> check(UserInfo wanted, Attributes asked) {
    ImpersonationMode first = lastSuccess.get(asked.user().name());
    if (first == null) {
      return tryFrom(0, null, wanted, asked, Impersonation.NOT_APPLICABLE);
    }
    return first
        .check(wanted, asked)
        .then(
            result ->
                result instanceof Impersonation.Granted
                    ? Answer.now(result)
                    : tryFrom(0, first, wanted, asked, result));
  }

  private Answer<Impersonation> tryFrom(
      int index,
      @Nullable ImpersonationMode tried,
      UserInfo wanted,
      Attributes asked,
      Impersonation refusal) {
    if (index == modes.size()) {
      return Answer.now(refusal);
    }
    ImpersonationMode mode = modes.get(index);
    if (mode == tried) {
      return tryFrom(index + 1, tried, wanted, asked, refusal);
    }
    return mode.check(wanted, asked)
        .then(
            result -> {
              if (result instanceof Impersonation.Granted) {
                remember(asked.user().name(), mode);
                return Answer.now(result);
              }
              boolean firstRefusal = refusal instanceof Impersonation.NotApplicable;
              return tryFrom(index + 1, tried, wanted, asked, firstRefusal ? result : refusal);
            });
  }

  private void remember(String requestor, ImpersonationMode mode) {
    if (lastSuccess.size() >= MOST_REMEMBERED) {
      lastSuccess.clear();
    }
    lastSuccess.put(requestor, mode);
  }
}
